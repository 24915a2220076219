import Search from '@lucide/svelte/icons/search';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'search',
  title: 'Search',
  icon: Search,
  key: 'h',
  order: 7,
  component: () => import('./SearchView.svelte'),
});
