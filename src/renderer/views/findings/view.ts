import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'findings',
  title: 'Findings',
  icon: TriangleAlert,
  key: 'f',
  order: 4,
  component: () => import('./FindingsView.svelte'),
});
