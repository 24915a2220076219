import ChartGantt from '@lucide/svelte/icons/chart-gantt';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'timeline',
  title: 'Timeline',
  icon: ChartGantt,
  key: 't',
  order: 5,
  component: () => import('./TimelineView.svelte'),
});
