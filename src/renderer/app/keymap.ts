import type { Workbench } from '../workbench/workbench.svelte';
import { placeTitle } from './place-title';
import { views } from './views';

/** Shortcuts of the window, for the sheet and the palette. Views add `g` and their letter. */
export const SHORTCUTS: readonly { readonly keys: string; readonly title: string }[] = [
  { keys: 'Ctrl K', title: 'Command palette' },
  { keys: '/', title: 'Search in the case' },
  { keys: 'Alt ←', title: 'Back' },
  { keys: 'Alt →', title: 'Forward' },
  { keys: 'Ctrl O', title: 'Open bundle' },
  { keys: 'Ctrl D', title: 'Bookmark this place' },
  { keys: '?', title: 'This sheet' },
  { keys: 'Esc', title: 'Close drawer, menu or dialog' },
  { keys: '↑ ↓ ↵', title: 'Move in a table, open the row' },
  { keys: '← →', title: 'Links within the active row' },
  { keys: 'Shift F10', title: 'Pivots of the focused entity' },
  { keys: 'Ctrl Z', title: 'Undo in the graph' },
];

/** How long a `g` waits for its letter, in milliseconds. */
const CHORD = 1200;

/** Handles the keys of the window; `actions` are what only the frame can do. */
export function keyHandler(
  workbench: Workbench,
  actions: { readonly focusSearch: () => void; readonly openBundle: () => void },
): (event: KeyboardEvent) => void {
  let chordUntil = 0;
  return (event) => {
    if (handleControl(event)) return;
    if (isTyping(event.target) || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (event.key === 'ArrowLeft') workbench.navigation.back();
      else if (event.key === 'ArrowRight') workbench.navigation.forward();
      else return;
      event.preventDefault();
      return;
    }
    const now = performance.now();
    const view = now < chordUntil ? views.find(({ key }) => key === event.key) : undefined;
    chordUntil = event.key === 'g' ? now + CHORD : 0;
    if (view && workbench.case) workbench.navigation.go(view.id);
    else if (event.key === '/') actions.focusSearch();
    else if (event.key === '?') workbench.isShortcutSheetOpen = true;
    else return;
    event.preventDefault();
  };

  function handleControl(event: KeyboardEvent): boolean {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key === 'k') workbench.isPaletteOpen = !workbench.isPaletteOpen;
    else if (key === 'o') actions.openBundle();
    else if (key === 'd' && workbench.case) void workbench.toggleBookmark(placeTitle(workbench));
    else return false;
    event.preventDefault();
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
