import { Context } from 'runed';
import type { EntityRef } from '../../shared/model/entity';
import type { TimeRange } from '../../shared/model/time';
import { DEFAULT_LOG_LEVEL, type LogLevel } from '../../shared/model/log-level';
import type { Pushes } from '../../shared/contract/events';
import type { ResponseOf } from '../../shared/contract/index';
import type { Client } from '../api/client';
import { ContextMenuState } from './menu.svelte';
import { Jobs } from './jobs.svelte';
import { deepLink, parseDeepLink } from '../../shared/model/deep-link';
import { Navigation } from './navigation.svelte';
import { CASE_SUBJECT, Notes } from './notes.svelte';
import { RecordDrawerState } from './records.svelte';
import { forgetSession, loadSession, saveSession, type Session } from './session';
import { Settings } from './settings.svelte';
import { Theme } from './theme.svelte';
import { Toasts } from './toasts.svelte';

type CaseInfo = NonNullable<ResponseOf<'case/current'>>;

/** Everything the views share: the client, the open case, where we are, what runs. One per window. */
export class Workbench {
  readonly navigation = new Navigation();
  readonly toasts = new Toasts();
  readonly records = new RecordDrawerState();
  readonly menu = new ContextMenuState();
  readonly theme = new Theme();
  readonly settings = new Settings();
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
      const open = this.case;
      if (open) void saveSession(client, { path: open.path, caseId: open.id, ...this.navigation.steps });
    });
    $effect(() =>
      this.jobs.onEnd((error) => {
        void this.#afterJob(error);
      }),
    );
  }

  get scope(): TimeRange | null {
    return this.navigation.place.scope;
  }

  /** At the start: takes up the last session unless another case was asked for. */
  async start(): Promise<void> {
    // Main begins with the default.
    const { logLevel } = this.settings;
    if (logLevel !== DEFAULT_LOG_LEVEL) void this.setLogLevel(logLevel);
    const last = this.settings.restores ? await loadSession(this.client) : null;
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
      if (before !== now?.path) this.pictures.clear();
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

  #arrive(): void {
    if (this.#asked === null || this.#refreshing > 0) return;
    const { view, params, scope } = this.#asked;
    this.#asked = null;
    this.navigation.go(view, params, scope === undefined ? this.scope : scope);
  }

  /** Stands in a case that has just been opened: where the last session was in it, else at its first view. */
  #enter(now: CaseInfo | null): void {
    const resume = this.#resume;
    this.#resume = null;
    this.navigation.reset(now?.empty === true ? 'evidence' : 'summary');
    if (resume !== null && resume.caseId === now?.id) this.navigation.restore(resume.places, resume.index);
  }

  readonly openEntity = (entity: EntityRef, tab?: string): void => {
    this.navigation.go('entity', { ...entity, ...(tab === undefined ? {} : { tab }) });
  };

  readonly investigate = (entity: EntityRef): void => {
    this.navigation.go('investigations', { ...entity });
  };

  /** A link to where the investigator is. */
  readonly linkHere = (): string => deepLink(this.case?.id ?? '', this.navigation.place);

  /** Keeps the present place as a bookmark on the case, or takes it away. */
  readonly toggleBookmark = async (title: string): Promise<void> => {
    const text = this.linkHere();
    const known = this.notes.all.find((note) => note.kind === 'bookmark' && note.text === text);
    try {
      if (known) await this.notes.remove(known.id);
      else await this.notes.put({ kind: 'bookmark', subject: CASE_SUBJECT, title, text });
      this.toasts.show(known ? 'Bookmark removed.' : `Bookmarked: ${title}`);
    } catch (error) {
      this.toasts.fail(error);
    }
  };

  /** What following a link does, or null for one that leads out of the open case. */
  readonly followable = (href: string): (() => void) | null => {
    const linked = parseDeepLink(href);
    if (linked === null || linked.caseId !== this.case?.id) return null;
    const { view, params, scope } = linked.place;
    return () => this.navigation.go(view, params, scope);
  };

  readonly openIncident = (id: string): void => this.navigation.go('incident', { id });
  readonly openFinding = (id: string): void => this.navigation.go('findings', { id });
  readonly search = (text: string): void => this.navigation.go('search', { text });

  /** Copies a text and says so. */
  readonly copy = async (text: string, what = 'Text'): Promise<void> => {
    try {
      await this.client.call('clipboard/write', { text });
      this.toasts.show(`${what} copied.`);
    } catch (error) {
      this.toasts.fail(error);
    }
  };

  /** From now on the log of the case keeps lines of this level and graver ones. */
  async setLogLevel(level: LogLevel): Promise<void> {
    this.settings.setLogLevel(level);
    try {
      await this.client.call('log/level', { level });
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  /** Puts what helps to answer a question about the program on the clipboard; it holds no evidence. */
  readonly copyDiagnostics = async (): Promise<void> => {
    try {
      const { text } = await this.client.call('diagnostics/text', null);
      await this.copy(text, 'Diagnostics');
    } catch (error) {
      this.toasts.fail(error);
    }
  };

  async #afterJob(error: { readonly code: string } | null): Promise<void> {
    await this.refresh();
    if (error?.code === 'job.cancelled') this.toasts.show('Cancelled. What was imported before stays.');
    else if (error !== null) this.toasts.fail(error);
    else {
      this.toasts.show('The analysis is done.', 'good');
      const { view, params } = this.navigation.place;
      // Who looks at files or issues meanwhile stays there.
      if (view === 'evidence' && params['tab'] === undefined) this.navigation.go('summary');
    }
  }
}

export const workbenchContext = new Context<Workbench>('workbench');
