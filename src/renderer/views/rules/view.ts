import ScrollText from '@lucide/svelte/icons/scroll-text';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'rules',
  title: 'Rules',
  icon: ScrollText,
  key: 'u',
  order: 7.8,
  component: () => import('./RulesView.svelte'),
});
