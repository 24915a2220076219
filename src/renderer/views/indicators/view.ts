import Crosshair from '@lucide/svelte/icons/crosshair';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'indicators',
  title: 'Indicators',
  icon: Crosshair,
  key: 'd',
  order: 7.9,
  component: () => import('./IndicatorsView.svelte'),
});
