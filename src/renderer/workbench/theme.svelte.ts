import { recall, remember } from './memory';

export type ThemeName = 'dark' | 'light';

/** The colour theme: the system's until one is chosen; the choice is remembered. */
export class Theme {
  name = $state<ThemeName>(initial());

  constructor() {
    apply(this.name);
  }

  toggle(): void {
    this.use(this.name === 'dark' ? 'light' : 'dark');
  }

  use(name: ThemeName): void {
    apply(name);
    this.name = name;
    remember('theme', name);
  }
}

/** At once, not in an effect: pictures read the colours again as soon as the name changes. */
function apply(name: ThemeName): void {
  document.documentElement.dataset['theme'] = name;
}

function initial(): ThemeName {
  const chosen = recall('theme');
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return globalThis.matchMedia?.('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}
