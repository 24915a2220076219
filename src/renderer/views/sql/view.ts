import Database from '@lucide/svelte/icons/database';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'sql',
  title: 'SQL',
  icon: Database,
  key: 'q',
  order: 8,
  component: () => import('./SqlView.svelte'),
});
