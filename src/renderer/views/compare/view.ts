import Columns2 from '@lucide/svelte/icons/columns-2';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'compare',
  title: 'Compare',
  icon: Columns2,
  key: 'c',
  order: 7.5,
  component: () => import('./CompareView.svelte'),
});
