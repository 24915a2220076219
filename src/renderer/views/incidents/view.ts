import Siren from '@lucide/svelte/icons/siren';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'incidents',
  title: 'Incidents',
  icon: Siren,
  key: 'i',
  order: 3,
  component: () => import('./IncidentsView.svelte'),
});
