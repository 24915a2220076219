import FileText from '@lucide/svelte/icons/file-text';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'report',
  title: 'Report',
  icon: FileText,
  key: 'r',
  order: 9,
  component: () => import('./ReportView.svelte'),
});
