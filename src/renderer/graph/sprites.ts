/** A drawing that is made once and then only copied; middle at 0, 0. */
interface Sprite {
  readonly canvas: OffscreenCanvas;
  /** Width and height it was made for, in pixels of the page. */
  readonly size: number;
}

/** More than a picture has; a zoom leaves sizes behind that are not needed again. */
const MOST = 2000;

/**
 * Drawings by what they show. Paths and texts cost a frame without a GPU: a picture has few different ones, which are
 * drawn once and copied.
 */
export class Sprites {
  readonly #known = new Map<string, Sprite>();

  /** Copies what `key` names to a place; `draw` makes it when it is not known, on a square of `size` pixels. */
  put(
    context: CanvasRenderingContext2D,
    { x, y }: { readonly x: number; readonly y: number },
    key: string,
    size: number,
    draw: (context: OffscreenCanvasRenderingContext2D) => void,
  ): void {
    // What a canvas has more of than the page: 2 on a dense screen.
    const scale = context.getTransform().a;
    const sprite = this.#sprite(`${key} ${scale}`, size, scale, draw);
    const snap = (value: number): number => Math.round((value - size / 2) * scale) / scale;
    context.drawImage(sprite.canvas, snap(x), snap(y), sprite.size, sprite.size);
  }

  /** Forgets all, as when colours changed. */
  clear(): void {
    this.#known.clear();
  }

  #sprite(
    key: string,
    size: number,
    scale: number,
    draw: (context: OffscreenCanvasRenderingContext2D) => void,
  ): Sprite {
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST) this.#known.clear();
    const canvas = new OffscreenCanvas(Math.ceil(size * scale), Math.ceil(size * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    context.scale(scale, scale);
    context.translate(size / 2, size / 2);
    draw(context);
    const sprite = { canvas, size: canvas.width / scale };
    this.#known.set(key, sprite);
    return sprite;
  }
}
