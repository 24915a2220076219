import type { TimeRange } from '../../shared/model/time';

/** A place in the workbench: a view, what it shows, and the scope time it is looked at through (null: the whole case). */
export interface Place {
  readonly view: string;
  readonly params: Readonly<Record<string, string>>;
  readonly scope: TimeRange | null;
}

/** A history and the step of it that is on show. */
export interface Steps {
  readonly places: readonly Place[];
  readonly index: number;
}

const LONGEST_HISTORY = 200;

/** Where the investigator is and was: back and forward as in a browser, with the scope time travelling along. */
export class Navigation {
  #places = $state.raw<readonly Place[]>([{ view: 'summary', params: {}, scope: null }]);
  #index = $state(0);

  constructor(first?: Place) {
    if (first) this.#places = [first];
  }

  readonly place = $derived<Place>(this.#places[this.#index] ?? { view: 'summary', params: {}, scope: null });
  readonly canGoBack = $derived(this.#index > 0);
  readonly canGoForward = $derived(this.#index < this.#places.length - 1);

  /** Opens a view as a new step of the history; the scope time stays unless another is given. */
  go(
    view: string,
    params: Readonly<Record<string, string>> = {},
    scope: TimeRange | null = this.place.scope,
  ): void {
    const next: Place = { view, params, scope };
    if (JSON.stringify(next) === JSON.stringify(this.place)) return;
    this.#places = [...this.#places.slice(0, this.#index + 1), next].slice(-LONGEST_HISTORY);
    this.#index = this.#places.length - 1;
  }

  /** Changes details of the present place (a tab, a filter) without a new step; undefined takes one away. */
  adjust(params: Readonly<Record<string, string | undefined>>): void {
    const here = this.place;
    const all = Object.entries({ ...here.params, ...params });
    const kept = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const changed: Place = { ...here, params: Object.fromEntries(kept) };
    this.#places = this.#places.map((place, i) => (i === this.#index ? changed : place));
  }

  /** Looks at the present place through another scope time. */
  setScope(scope: TimeRange | null): void {
    this.go(this.place.view, this.place.params, scope);
  }

  back(): void {
    if (this.canGoBack) this.#index -= 1;
  }

  forward(): void {
    if (this.canGoForward) this.#index += 1;
  }

  /** The steps taken and the present one, to take up again at the next start. */
  get steps(): Steps {
    return { places: this.#places, index: this.#index };
  }

  /** Takes up the steps of an earlier run. */
  restore({ places, index }: Steps): void {
    if (places[index] === undefined) return;
    this.#places = places;
    this.#index = index;
  }

  /** Forgets everything: another case is open. */
  reset(view: string): void {
    this.#places = [{ view, params: {}, scope: null }];
    this.#index = 0;
  }
}
