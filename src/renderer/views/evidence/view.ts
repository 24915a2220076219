import FolderOpen from '@lucide/svelte/icons/folder-open';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'evidence',
  title: 'Evidence',
  icon: FolderOpen,
  key: 'e',
  order: 1,
  component: () => import('./EvidenceView.svelte'),
});
