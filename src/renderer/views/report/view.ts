import FileText from '@lucide/svelte/icons/file-text';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'report',
  title: 'Report',
  icon: FileText,
  key: 'r',
  order: 20,
  component: () => import('./ReportView.svelte'),
});
