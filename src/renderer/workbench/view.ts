import type { Component } from 'svelte';

/** What every view gets: the details of the place it is opened at. */
export interface ViewProps {
  readonly params: Readonly<Record<string, string>>;
}

/** A view of the workbench: one folder under views. Activity bar, palette and shortcuts are made from these fields. */
export interface View {
  readonly id: string;
  readonly title: string;
  readonly icon: Component<{ size?: number; strokeWidth?: number }>;
  /** The letter after g that opens the view. */
  readonly key: string;
  /** Place in the activity bar; views without one are reached through others. */
  readonly order: number | null;
  readonly component: () => Promise<{ readonly default: Component<ViewProps> }>;
}

export function defineView(view: View): View {
  return view;
}
