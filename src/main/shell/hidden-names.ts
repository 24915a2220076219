import * as v from 'valibot';
import { screenOf, type Screen } from '../redaction/screen';
import { disguiseOf } from '../redaction/redactor';
import type { Handlers } from '../queries/handlers';
import type { CurrentCase } from './current-case';
import { readJsonFile, writeJsonFile } from './json-file';

const Kept = v.object({ hidden: v.boolean() });

/** Whether names are hidden in this window, and the pseudonyms of the open case while they are. */
export class HiddenNames {
  #hidden: boolean;
  #made: { readonly state: string; readonly screen: Promise<Screen | null> } | null = null;

  /** @param file keeps the choice for later runs: what was hidden yesterday is not shown by a start. */
  constructor(
    private readonly current: Pick<CurrentCase, 'ask' | 'path' | 'state'>,
    private readonly file: string,
  ) {
    this.#hidden = readJsonFile(file, Kept, { hidden: false }).hidden;
  }

  get areHidden(): boolean {
    return this.#hidden;
  }

  /**
   * How the page is answered now; null while names are shown or no case is open. Errors: those of reading the case, of
   * which nothing may be shown then.
   */
  screen(): Promise<Screen | null> {
    if (!this.#hidden || this.current.path === null) return Promise.resolve(null);
    const { state } = this.current;
    if (this.#made?.state !== state) this.#made = { state, screen: this.#make() };
    return this.#made.screen;
  }

  /** @param reload loads the page anew in its place, so that nothing of what it held before is left in it */
  handlers(reload: () => void): Handlers<'screen/names' | 'screen/hide'> {
    return {
      'screen/names': () => Promise.resolve({ hidden: this.#hidden }),
      'screen/hide': async ({ hidden }) => {
        this.#hidden = hidden;
        await writeJsonFile(this.file, { hidden });
        reload();
        return { hidden };
      },
    };
  }

  #make(): Promise<Screen | null> {
    const made = this.current.ask(async ({ connection, caseFolder }) =>
      screenOf(await disguiseOf(connection, caseFolder)),
    );
    // What failed is tried again by the next question.
    made.catch(() => (this.#made = null));
    return made;
  }
}
