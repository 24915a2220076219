import type { EntityRef } from '../../shared/model/entity';
import { DEFAULT_LOG_LEVEL, type LogLevel } from '../../shared/model/log-level';
import type { Pushes } from '../../shared/contract/events';
import type { ResponseOf } from '../../shared/contract/index';
import type { Client } from '../api/client';
import { ContextMenuState } from './menu.svelte';
import { Jobs } from './jobs.svelte';
import { Desk } from './desk.svelte';
import { Notes } from './notes.svelte';
import { RecordDrawerState } from './records.svelte';
import { Scrubber } from './scrubber.svelte';
import { forgetSession, loadSession, saveSession, type Session } from './session';
import { Settings } from './settings.svelte';
import { Theme } from './theme.svelte';
import { Toasts } from './toasts.svelte';

export type CaseInfo = NonNullable<ResponseOf<'case/current'>>;

/** What all tabs share: the client, the open case, the tabs themselves, what runs. One per window. */
export class WorkbenchWindow {
  readonly desk = new Desk();
  readonly toasts = new Toasts();
  readonly records = new RecordDrawerState();
  readonly menu = new ContextMenuState();
  readonly theme = new Theme();
  readonly settings = new Settings();
  readonly scrubber = new Scrubber();
  readonly jobs: Jobs;
  readonly notes: Notes;

  /** Pictures by name, kept while the case is open: leaving a view never loses a layout. */
  readonly pictures = new Map<string, unknown>();

  #resume: Session | null = null;
  /** Where main asks to go; it waits until it is known which case is open, which begins anew. */
  #asked: Pushes['navigate'] | null = null;
  #refreshing = 0;

  /** undefined until it is known whether a case is open. */
  case = $state.raw<CaseInfo | null | undefined>();
  /** Grows whenever the case holds other data; queries watch it. */
  revision = $state(0);
  /** The entity that is dragged, while it is. */
  dragged = $state.raw<EntityRef | null>(null);
  /** Whether main shows pseudonyms in place of names. */
  namesHidden = $state(false);
  isPaletteOpen = $state(false);
  isShortcutSheetOpen = $state(false);

  constructor(readonly client: Client) {
    this.jobs = new Jobs(client);
    this.notes = new Notes(client);
    $effect(() => client.on('case/changed', () => void this.refresh()));
    $effect(() =>
      client.on('worker/restarted', ({ detail }) =>
        this.toasts.show('The worker process was started again.', 'info', detail),
      ),
    );
    $effect(() =>
      client.on('navigate', (asked) => {
        this.#asked = asked;
        this.#arrive();
      }),
    );
    $effect(() => {
      void this.#keepPlace();
    });
    $effect(() =>
      this.jobs.onEnd((error) => {
        void this.#afterJob(error);
      }),
    );
  }

  /** At the start: takes up the last session unless another case was asked for. */
  async start(): Promise<void> {
    // Main begins with the default.
    const { logLevel } = this.settings;
    if (logLevel !== DEFAULT_LOG_LEVEL) void this.setLogLevel(logLevel);
    this.namesHidden = (await this.client.call('screen/names', null)).hidden;
    const isAgain = isReload();
    const last = isAgain || this.settings.restores ? await loadSession(this.client) : null;
    // A page that was loaded again goes on where it was; at another start the case that was asked for begins anew.
    if (isAgain) this.#resume = last;
    await this.refresh();
    if (this.case !== null || last === null) return;
    try {
      this.#resume = last;
      await this.client.call('case/open', { path: last.path });
      await this.refresh();
    } catch (error) {
      this.#resume = null;
      // The case may be on a disk that is away: the start page lists it, and says so.
      void forgetSession(this.client);
      this.toasts.fail(error);
    }
  }

  /** Reads again which case is open and lets every query ask again. */
  async refresh(): Promise<void> {
    this.#refreshing += 1;
    try {
      const before = this.case?.path;
      const now = await this.client.call('case/current', null);
      this.case = now;
      if (before !== now?.path) {
        this.pictures.clear();
        this.scrubber.close();
      }
      if (before !== now?.path && (before !== undefined || this.#resume !== null)) this.#enter(now);
      this.revision += 1;
      if (before !== now?.path) this.notes.clear();
      if (now) void this.notes.reload();
    } catch (error) {
      this.case ??= null;
      this.toasts.fail(error);
    } finally {
      this.#refreshing -= 1;
      this.#arrive();
    }
  }

  /** Shows pseudonyms in place of names, or names again: main loads the page anew, which goes on in the same place. */
  async hideNames(hidden: boolean): Promise<void> {
    try {
      await this.#keepPlace();
      await this.client.call('screen/hide', { hidden });
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  async #keepPlace(): Promise<void> {
    const { case: open, client } = this;
    if (open) await saveSession(client, { path: open.path, caseId: open.id, desk: this.desk.kept });
  }

  #arrive(): void {
    if (this.#asked === null || this.#refreshing > 0) return;
    const { view, params, scope } = this.#asked;
    this.#asked = null;
    const { navigation } = this.desk;
    navigation.go(view, params, scope === undefined ? navigation.place.scope : scope);
  }

  /** Stands in a case that has just been opened: where the last session was in it, else at its first view. */
  #enter(now: CaseInfo | null): void {
    const resume = this.#resume;
    this.#resume = null;
    this.desk.reset(now?.empty === true ? 'evidence' : 'summary');
    if (resume !== null && resume.caseId === now?.id) this.desk.restore(resume.desk);
  }

  /** From now on the log of the case keeps lines of this level and graver ones. */
  async setLogLevel(level: LogLevel): Promise<void> {
    this.settings.setLogLevel(level);
    try {
      await this.client.call('log/level', { level });
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  async #afterJob(error: { readonly code: string } | null): Promise<void> {
    await this.refresh();
    if (error?.code === 'job.cancelled') this.toasts.show('Cancelled. What was imported before stays.');
    else if (error !== null) this.toasts.fail(error);
    else {
      this.toasts.show('The analysis is done.', 'good');
      const { navigation } = this.desk;
      const { view, params } = navigation.place;
      // Who looks at files or issues meanwhile stays there.
      if (view === 'evidence' && params['tab'] === undefined) navigation.go('summary');
    }
  }
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
