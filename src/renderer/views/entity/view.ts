import Fingerprint from '@lucide/svelte/icons/fingerprint';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'entity',
  title: 'Entity',
  icon: Fingerprint,
  key: ',',
  order: null,
  component: () => import('./EntityView.svelte'),
});
