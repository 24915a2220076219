import { Navigation, type Place, type Steps } from './navigation.svelte';

/** A tab: a place with a history of its own. */
export interface Tab {
  readonly id: number;
  readonly navigation: Navigation;
}

/** One half of a split window, or all of one that is not split: its tabs and the one in front. */
interface Side {
  readonly tabs: readonly Tab[];
  readonly front: number;
}

/** All tabs as they are kept for the next start. */
export interface KeptDesk {
  readonly sides: readonly { readonly tabs: readonly Steps[]; readonly front: number }[];
  readonly focused: number;
}

const MOST_TABS = 24;

/** The open tabs, on one side or on two beside each other; one side is worked in. */
export class Desk {
  #next = 1;
  sides = $state.raw<readonly Side[]>([this.#sideOf([this.#tab()])]);
  #focused = $state(0);

  readonly focused = $derived(Math.min(this.#focused, this.sides.length - 1));
  readonly tab: Tab = $derived(frontOf(this.sides[this.focused]) ?? this.#tab());
  readonly count = $derived(this.sides.reduce((sum, { tabs }) => sum + tabs.length, 0));
  readonly isSplit = $derived(this.sides.length > 1);

  /** Where the tab in front is. */
  get navigation(): Navigation {
    return this.tab.navigation;
  }

  /** The tab in front of a side, if there is that side. */
  front(side: number): Tab | undefined {
    return frontOf(this.sides[side]);
  }

  focus(side: number): void {
    if (this.sides[side] !== undefined) this.#focused = side;
  }

  /** Opens a place in a tab of its own, in front; beside: on the other side, which is made when there is none. */
  open(place: Place, beside = false): void {
    if (this.count >= MOST_TABS) return;
    const tab = this.#tab(new Navigation(place));
    const at = beside ? (this.focused === 0 ? 1 : 0) : this.focused;
    const side = this.sides[at];
    if (side === undefined) this.sides = [...this.sides, this.#sideOf([tab])];
    else {
      const tabs = [...side.tabs.slice(0, side.front + 1), tab, ...side.tabs.slice(side.front + 1)];
      this.#put(at, { tabs, front: side.front + 1 });
    }
    this.#focused = at;
  }

  /** The present place once more on the other side; with two sides, all tabs on one. */
  toggleSplit(): void {
    if (!this.isSplit) this.open(this.navigation.place, true);
    else {
      const front = this.tab;
      const tabs = this.sides.flatMap((side) => side.tabs);
      this.sides = [{ tabs, front: tabs.indexOf(front) }];
      this.#focused = 0;
    }
  }

  show(tab: Tab): void {
    const at = this.#sideWith(tab);
    const side = this.sides[at];
    if (side === undefined) return;
    this.#put(at, { ...side, front: side.tabs.indexOf(tab) });
    this.#focused = at;
  }

  /** The tab before or after the one in front, around the ends. */
  step(by: 1 | -1): void {
    const side = this.sides[this.focused];
    if (side === undefined) return;
    const front = (side.front + by + side.tabs.length) % side.tabs.length;
    this.#put(this.focused, { ...side, front });
  }

  /** Closes a tab; the last one of the window stays, the last one of a side takes it along. */
  close(tab: Tab = this.tab): void {
    const at = this.#sideWith(tab);
    const side = this.sides[at];
    if (side === undefined || this.count === 1) return;
    const index = side.tabs.indexOf(tab);
    const tabs = side.tabs.filter((one) => one !== tab);
    if (tabs.length === 0) {
      this.sides = this.sides.filter((_, i) => i !== at);
      this.#focused = 0;
    } else
      this.#put(at, { tabs, front: Math.min(tabs.length - 1, side.front - (index < side.front ? 1 : 0)) });
  }

  /** Takes a tab to the other side. */
  move(tab: Tab): void {
    const { place } = tab.navigation;
    const steps = tab.navigation.steps;
    this.show(tab);
    this.open(place, true);
    this.navigation.restore(steps);
    this.close(tab);
    this.#focused = Math.min(this.#focused, this.sides.length - 1);
  }

  /** Forgets everything: another case is open. */
  reset(view: string): void {
    this.sides = [this.#sideOf([this.#tab(new Navigation({ view, params: {}, scope: null }))])];
    this.#focused = 0;
  }

  get kept(): KeptDesk {
    return {
      sides: this.sides.map(({ tabs, front }) => ({
        tabs: tabs.map((tab) => tab.navigation.steps),
        front,
      })),
      focused: this.focused,
    };
  }

  /** Takes up the tabs of an earlier run. */
  restore({ sides, focused }: KeptDesk): void {
    const made = sides.slice(0, 2).flatMap(({ tabs, front }) => {
      const own = tabs.slice(0, MOST_TABS).map((steps) => {
        const tab = this.#tab();
        tab.navigation.restore(steps);
        return tab;
      });
      return own.length === 0 ? [] : [{ tabs: own, front: Math.max(0, Math.min(own.length - 1, front)) }];
    });
    if (made.length === 0) return;
    this.sides = made;
    this.#focused = focused;
  }

  #tab(navigation = new Navigation()): Tab {
    return { id: this.#next++, navigation };
  }
  #sideOf(tabs: readonly Tab[]): Side {
    return { tabs, front: 0 };
  }
  #sideWith(tab: Tab): number {
    return this.sides.findIndex(({ tabs }) => tabs.includes(tab));
  }
  #put(at: number, side: Side): void {
    this.sides = this.sides.map((one, i) => (i === at ? side : one));
  }
}

function frontOf(side: Side | undefined): Tab | undefined {
  return side?.tabs[side.front];
}
