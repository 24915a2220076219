/** Origin of the page that the report's preview shows: apart from the window's own. */
export const PREVIEW_ORIGIN = 'app://preview';

/** The page that a frame of the window may show: one at a time, in memory only. */
export class PreviewPage {
  #address = '';
  #html = '';
  #count = 0;

  /** Gives the address of the page; the one before is gone. */
  put(html: string): string {
    this.#count += 1;
    this.#address = `${PREVIEW_ORIGIN}/${this.#count}`;
    this.#html = html;
    return this.#address;
  }

  /** The page behind an address, or null. */
  get(address: string): string | null {
    return address.split('#')[0] === this.#address ? this.#html : null;
  }
}
