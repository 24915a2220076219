import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'summary',
  title: 'Summary',
  icon: LayoutDashboard,
  key: 's',
  order: 2,
  component: () => import('./SummaryView.svelte'),
});
