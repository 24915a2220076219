import Microscope from '@lucide/svelte/icons/microscope';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'investigations',
  title: 'Investigate',
  icon: Microscope,
  key: 'v',
  order: 6,
  component: () => import('./InvestigationsView.svelte'),
});
