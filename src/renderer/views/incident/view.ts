import Siren from '@lucide/svelte/icons/siren';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'incident',
  title: 'Incident',
  icon: Siren,
  key: '.',
  order: null,
  component: () => import('./IncidentView.svelte'),
});
