import { recall, remember } from './memory';

type ThemeName = 'dark' | 'light';

/** The colour theme: the system's until one is chosen; the choice is remembered. */
export class Theme {
  name = $state<ThemeName>(initial());

  constructor() {
    $effect(() => {
      document.documentElement.dataset['theme'] = this.name;
    });
  }

  toggle(): void {
    this.name = this.name === 'dark' ? 'light' : 'dark';
    remember('theme', this.name);
  }
}

function initial(): ThemeName {
  const chosen = recall('theme');
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return globalThis.matchMedia?.('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}
