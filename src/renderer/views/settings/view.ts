import SettingsIcon from '@lucide/svelte/icons/settings';
import { defineView } from '../../workbench/view';

export default defineView({
  id: 'settings',
  title: 'Settings',
  icon: SettingsIcon,
  key: 'o',
  order: 30,
  component: () => import('./SettingsView.svelte'),
});
