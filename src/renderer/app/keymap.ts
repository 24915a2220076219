import type { Workbench } from '../workbench/workbench.svelte';
import { placeTitle } from './place-title';
import { views } from './views';

/** Shortcuts of the window, for the sheet and the palette. Views add `g` and their letter. */
export const SHORTCUTS: readonly { readonly keys: string; readonly title: string }[] = [
  { keys: 'Ctrl K', title: 'Command palette' },
  { keys: '/', title: 'Search in the case' },
  { keys: 'Alt ←', title: 'Back' },
  { keys: 'Alt →', title: 'Forward' },
  { keys: 'Ctrl T', title: 'New tab' },
  { keys: 'Ctrl W', title: 'Close the tab' },
  { keys: 'Ctrl Tab', title: 'Next tab' },
  { keys: 'Ctrl \\', title: 'Two views beside each other' },
  { keys: 'F6', title: 'The other side' },
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
  actions: {
    readonly focusSearch: () => void;
    readonly openBundle: () => void;
    readonly focusSide: (side: number) => void;
  },
): (event: KeyboardEvent) => void {
  const { desk } = workbench.window;
  let chordUntil = 0;
  return (event) => {
    if (handleControl(event)) return;
    if (event.key === 'F6' && desk.isSplit) {
      event.preventDefault();
      actions.focusSide(desk.focused === 0 ? 1 : 0);
      return;
    }
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
    else if (event.key === '?') workbench.window.isShortcutSheetOpen = true;
    else return;
    event.preventDefault();
  };

  function handleControl(event: KeyboardEvent): boolean {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key === 'k') workbench.window.isPaletteOpen = !workbench.window.isPaletteOpen;
    else if (key === 'o') actions.openBundle();
    else if (key === 't' && workbench.case) desk.open(workbench.navigation.place);
    else if (key === 'w' && workbench.case) desk.close();
    else if (key === 'tab') desk.step(event.shiftKey ? -1 : 1);
    else if (key === '\\' && workbench.case) desk.toggleSplit();
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
