import StickyNote from '@lucide/svelte/icons/sticky-note';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'notes',
  title: 'Notes',
  icon: StickyNote,
  key: 'n',
  order: 9,
  component: () => import('./NotesView.svelte'),
});
