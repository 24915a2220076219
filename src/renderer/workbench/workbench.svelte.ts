import { Context } from 'runed';
import type { EntityRef } from '../../shared/model/entity';
import { deepLink, parseDeepLink } from '../../shared/model/deep-link';
import type { TimeRange } from '../../shared/model/time';
import type { Navigation } from './navigation.svelte';
import { CASE_SUBJECT } from './notes.svelte';
import type { WorkbenchWindow } from './window.svelte';

/** Everything a view needs: what the window shares, and where its own tab is. One per tab, handed down by context. */
export class Workbench {
  constructor(
    readonly window: WorkbenchWindow,
    private readonly ownNavigation: () => Navigation,
  ) {}

  /** The window as seen from the tab that is in front, whichever that is. */
  static ofWindow(window: WorkbenchWindow): Workbench {
    return new Workbench(window, () => window.desk.navigation);
  }

  get navigation() {
    return this.ownNavigation();
  }
  get scope(): TimeRange | null {
    return this.navigation.place.scope;
  }
  get client() {
    return this.window.client;
  }
  get case() {
    return this.window.case;
  }
  get revision() {
    return this.window.revision;
  }
  get toasts() {
    return this.window.toasts;
  }
  get records() {
    return this.window.records;
  }
  get menu() {
    return this.window.menu;
  }
  get theme() {
    return this.window.theme;
  }
  get settings() {
    return this.window.settings;
  }
  get jobs() {
    return this.window.jobs;
  }
  get notes() {
    return this.window.notes;
  }
  get pictures() {
    return this.window.pictures;
  }

  readonly openEntity = (entity: EntityRef, tab?: string): void => {
    this.navigation.go('entity', { ...entity, ...(tab === undefined ? {} : { tab }) });
  };

  /** The same in a tab of its own: on the other side of the window, or in front of this one. */
  readonly openApart = (entity: EntityRef, where: 'beside' | 'tab'): void => {
    this.window.desk.open({ view: 'entity', params: { ...entity }, scope: this.scope }, where === 'beside');
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

  /** Puts what helps to answer a question about the program on the clipboard; it holds no evidence. */
  readonly copyDiagnostics = async (): Promise<void> => {
    try {
      const { text } = await this.client.call('diagnostics/text', null);
      await this.copy(text, 'Diagnostics');
    } catch (error) {
      this.toasts.fail(error);
    }
  };
}

export const workbenchContext = new Context<Workbench>('workbench');
