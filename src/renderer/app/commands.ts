import type { CaseActions } from '../workbench/case-actions';
import type { Workbench } from '../workbench/workbench.svelte';
import { currentZone, workstationZone } from '../format/zone.svelte';
import { WORKSTATION } from '../workbench/settings.svelte';
import { placeTitle } from './place-title';
import { views } from './views';

/** Something the palette can do. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Every command that makes sense now. */
export function commandsFor(workbench: Workbench, actions: CaseActions): Command[] {
  const { navigation, settings } = workbench;
  const always = alwaysCommands(workbench, actions);
  if (!workbench.case) return always;
  const go: Command[] = views
    .filter((view) => view.order !== null)
    .map((view) => ({
      id: `go-${view.id}`,
      title: `Go to ${view.title}`,
      group: 'Go',
      keys: `g ${view.key}`,
      run: () => navigation.go(view.id),
    }));
  return [
    ...go,
    { id: 'back', title: 'Back', group: 'Go', keys: 'Alt ←', run: () => navigation.back() },
    { id: 'forward', title: 'Forward', group: 'Go', keys: 'Alt →', run: () => navigation.forward() },
    ...tabCommands(workbench),
    {
      id: 'bookmark',
      title: 'Bookmark this place',
      group: 'Go',
      keys: 'Ctrl D',
      run: () => void workbench.toggleBookmark(placeTitle(workbench)),
    },
    {
      id: 'copy-link',
      title: 'Copy link to this place',
      group: 'Go',
      run: () => void workbench.copy(workbench.linkHere(), 'Link'),
    },
    {
      id: 'scope-clear',
      title: 'Clear the scope time',
      group: 'Scope',
      run: () => navigation.setScope(null),
    },
    {
      id: 'analyse',
      title: `Analyse again with ${settings.baselineDays} days of baseline`,
      group: 'Case',
      run: () => void actions.analyseAgain(settings.baselineDays),
    },
    { id: 'add', title: 'Add to this case…', group: 'Case', run: () => void actions.chooseMore() },
    { id: 'close', title: 'Close case', group: 'Case', run: () => void actions.closeCase() },
    ...always,
  ];
}

/** What can be done with a case open or without. */
function alwaysCommands(workbench: Workbench, actions: CaseActions): Command[] {
  const { settings, theme } = workbench;
  return [
    {
      id: 'open-bundle',
      title: 'Open bundle…',
      group: 'Case',
      keys: 'Ctrl O',
      run: () => void actions.chooseBundle(),
    },
    { id: 'open-case', title: 'Open case…', group: 'Case', run: () => void actions.chooseCase() },
    { id: 'sample', title: 'Try the sample', group: 'Case', run: () => void actions.openSample() },
    {
      id: 'theme',
      title: `Use the ${theme.name === 'dark' ? 'light' : 'dark'} theme`,
      group: 'Window',
      run: () => theme.toggle(),
    },
    {
      id: 'diagnostics',
      title: 'Copy diagnostics',
      group: 'Window',
      run: () => void workbench.copyDiagnostics(),
    },
    zoneCommand(settings),
    {
      id: 'names',
      title: workbench.window.namesHidden ? 'Show names' : 'Hide names: show pseudonyms',
      group: 'Window',
      run: () => void workbench.window.hideNames(!workbench.window.namesHidden),
    },
    {
      id: 'shortcuts',
      title: 'Keyboard shortcuts',
      group: 'Window',
      keys: '?',
      run: () => (workbench.window.isShortcutSheetOpen = true),
    },
  ];
}

function tabCommands({ window, navigation }: Workbench): Command[] {
  const { desk } = window;
  return [
    {
      id: 'new-tab',
      title: 'New tab',
      group: 'Tabs',
      keys: 'Ctrl T',
      run: () => desk.open(navigation.place),
    },
    { id: 'close-tab', title: 'Close the tab', group: 'Tabs', keys: 'Ctrl W', run: () => desk.close() },
    {
      id: 'split',
      title: desk.isSplit ? 'All tabs on one side' : 'Two views beside each other',
      group: 'Tabs',
      keys: 'Ctrl \\',
      run: () => desk.toggleSplit(),
    },
    {
      id: 'move-tab',
      title: 'Move the tab to the other side',
      group: 'Tabs',
      run: () => desk.move(desk.tab),
    },
  ];
}

function zoneCommand(settings: Workbench['settings']): Command {
  const isUtc = currentZone() === 'UTC';
  return {
    id: 'zone',
    title: `Show times in ${isUtc ? workstationZone() : 'UTC'}`,
    group: 'Window',
    run: () => settings.setZone(isUtc ? WORKSTATION : 'UTC'),
  };
}

/** How well a title answers what was typed: lower is better, null is no match. Letters must appear in order. */
export function matchScore(title: string, typed: string): number | null {
  const text = title.toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 0;
  const whole = text.indexOf(wanted);
  if (whole >= 0) return whole;
  let at = -1;
  let gaps = 0;
  for (const letter of wanted.replace(/\s/g, '')) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    gaps += next - at - 1;
    at = next;
  }
  return 100 + gaps;
}
