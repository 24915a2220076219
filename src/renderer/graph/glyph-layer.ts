import type Sigma from 'sigma';
import type { GraphEdge } from '../../shared/model/graph';
import { drawNode } from './draw';
import type { DrawnNode } from './model';
import type { Palette } from './palette';
import { Sprites } from './sprites';
import type { Emphasis } from './style';

export interface NodeAttributes {
  x: number;
  y: number;
  readonly node: DrawnNode;
}
export interface EdgeAttributes {
  readonly edge: GraphEdge;
}
export type SceneSigma = Sigma<NodeAttributes, EdgeAttributes>;

/** Above this many nodes the 2D layer would cost more than a frame without a GPU: plain discs remain. */
const MOST_GLYPHS = 1200;
/** Pixels beyond the canvas where a node still reaches into it. */
const MARGIN = 40;

/** The 2D layer over sigma's discs: rings, glyphs, shapes and badges of the nodes, drawn anew with every frame. */
export class GlyphLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #sprites = new Sprites();

  /** Throws where there is no 2D canvas. */
  constructor(private readonly sigma: SceneSigma) {
    sigma.createCanvasContext('glyphs', {
      afterLayer: 'hoverNodes',
      style: { pointerEvents: 'none' },
    } as never);
    const context = sigma.getCanvases()['glyphs']?.getContext('2d');
    if (!context) throw new Error('no 2D layer');
    this.#context = context;
  }

  /** Whether nodes have glyphs; else their discs are all there is. */
  get isDrawn(): boolean {
    return this.sigma.getGraph().order <= MOST_GLYPHS;
  }

  /** To be called when colours change: what was drawn once is drawn again. */
  forget(): void {
    this.#sprites.clear();
  }

  draw(palette: Palette, { selected, pinned }: Emphasis): void {
    const { width, height } = this.sigma.getDimensions();
    this.#context.clearRect(0, 0, width, height);
    if (!this.isDrawn) return;
    this.sigma.getGraph().forEachNode((key, { node }) => {
      const data = this.sigma.getNodeDisplayData(key);
      if (!data || data.hidden) return;
      const { x, y } = this.sigma.framedGraphToViewport(data);
      if (x < -MARGIN || y < -MARGIN || x > width + MARGIN || y > height + MARGIN) return;
      drawNode(
        this.#context,
        node,
        { x, y, radius: this.sigma.scaleSize(data.size) },
        { palette, sprites: this.#sprites },
        {
          isDim: (data as { isDim?: boolean }).isDim === true,
          isSelected: selected.has(key),
          isPinned: pinned.has(key),
        },
      );
    });
  }
}
