export interface MenuItem {
  readonly title: string;
  readonly run: () => void;
  /** A line above this item. */
  readonly separated?: boolean;
}

/** The one context menu of the window: opened anywhere, drawn once. */
export class ContextMenuState {
  items = $state.raw<readonly MenuItem[]>([]);
  x = $state(0);
  y = $state(0);
  title = $state('');
  #before: Element | null = null;

  readonly isOpen = $derived(this.items.length > 0);

  /** Opens at the pointer; for the keyboard's menu key at the focused element. */
  open(event: MouseEvent, title: string, items: readonly MenuItem[]): void {
    event.preventDefault();
    event.stopPropagation();
    const target = event.target instanceof Element ? event.target : document.body;
    const box = target.getBoundingClientRect();
    const byPointer = event.clientX !== 0 || event.clientY !== 0;
    this.#before = document.activeElement;
    this.title = title;
    this.x = byPointer ? event.clientX : box.left;
    this.y = byPointer ? event.clientY : box.bottom;
    this.items = items;
  }

  close(): void {
    this.items = [];
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
    this.#before = null;
  }
}
