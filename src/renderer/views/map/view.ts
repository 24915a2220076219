import Earth from '@lucide/svelte/icons/earth';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'map',
  title: 'Map',
  icon: Earth,
  key: 'm',
  order: 5.5,
  component: () => import('./MapView.svelte'),
});
