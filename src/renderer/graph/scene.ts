import { MultiDirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { GraphEdge } from '../../shared/model/graph';
import { drawLabel } from './draw';
import { GlyphLayer, type EdgeAttributes, type NodeAttributes, type SceneSigma } from './glyph-layer';
import { forceMatrices, iterationsFor } from './layouts/force';
import { ForceRunner } from './layouts/force-runner';
import { place, stretched, type LayoutName, type NodeTimes, type Point } from './layouts/layout';
import { spread } from './layouts/spread';
import type { DrawnGraph } from './model';
import type { Palette } from './palette';
import { edgeLook, mixed, nodeLook, type Emphasis } from './style';

type SceneGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

/** Above this many edges they are hidden in motion. */
const MANY_EDGES = 250;
/** Up to so many nodes each has its label; of more, the weightiest of each part of the canvas. */
const ALL_LABELLED = 40;
/** Nodes and edges up to which all step back from what is pointed at: more cannot be drawn anew for each node passed. */
const MOST_DIMMED = 700;

const NO_EMPHASIS: Emphasis = {
  hovered: null,
  selected: new Set(),
  found: null,
  near: new Set(),
  pinned: new Set(),
  veiled: new Set(),
};

/** One picture on one element: keeps sigma in step with what shall be drawn. Throws where WebGL is missing. */
export class GraphScene {
  readonly graph: SceneGraph = new MultiDirectedGraph();
  readonly sigma: SceneSigma;
  readonly #runner = new ForceRunner();
  readonly #glyphs: GlyphLayer;
  #palette: Palette;
  #emphasis = NO_EMPHASIS;
  #areLabelsShown = true;

  constructor(
    container: HTMLElement,
    palette: Palette,
    private readonly positions: Map<string, Point>,
    private readonly times: () => NodeTimes,
    /** Hears how far a layout is, 0 to 1, and null when nodes rest. */
    private readonly onsettling: (share: number | null) => void,
  ) {
    this.#palette = palette;
    this.sigma = new Sigma<NodeAttributes, EdgeAttributes>(this.graph, container, {
      allowInvalidContainer: true,
      defaultEdgeType: 'arrow',
      renderEdgeLabels: true,
      hideLabelsOnMove: false,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 7,
      edgeLabelSize: 10,
      stagePadding: 48,
      zIndex: true,
      minCameraRatio: 0.05,
      maxCameraRatio: 6,
      doubleClickZoomingRatio: 1,
      nodeReducer: (key, attributes) => this.#nodeDisplay(key, attributes),
      edgeReducer: (_, { edge }) => this.#edgeDisplay(edge),
      defaultDrawNodeLabel: (context, data) => this.#label(context, data, false),
      defaultDrawNodeHover: (context, data) => this.#label(context, data, true),
    });
    this.#glyphs = new GlyphLayer(this.sigma);
    this.sigma.on('afterRender', () => this.#glyphs.draw(this.#palette, this.#emphasis));
    this.sigma.resize(true);
  }

  /** Makes the picture hold exactly these nodes and edges; new ones start beside a neighbour. Returns whether nodes came or went. */
  sync(drawn: DrawnGraph, layout: LayoutName): boolean {
    const { graph } = this;
    const wanted = new Map(drawn.nodes.map((node) => [node.key, node]));
    const isFresh = graph.order === 0;
    let hasChanged = false;
    for (const key of graph.nodes()) {
      if (wanted.has(key)) continue;
      graph.dropNode(key);
      hasChanged = true;
    }
    const start = isFresh
      ? place(layout === 'force' ? 'circle' : layout, drawn, null, this.times())
      : new Map<string, Point>();
    for (const node of drawn.nodes) {
      if (graph.hasNode(node.key)) graph.setNodeAttribute(node.key, 'node', node);
      else {
        const known = this.positions.get(node.key);
        const at = known ?? start.get(node.key) ?? this.#besideNeighbour(node.key, drawn) ?? { x: 0, y: 0 };
        graph.addNode(node.key, { ...at, node });
        hasChanged ||= known === undefined;
      }
    }
    graph.clearEdges();
    for (const edge of drawn.edges) graph.addEdgeWithKey(edge.key, edge.source, edge.target, { edge });
    this.sigma.setSetting('labelDensity', drawn.nodes.length > ALL_LABELLED ? 0.9 : ALL_LABELLED);
    this.sigma.setSetting('hideEdgesOnMove', this.isLight || drawn.edges.length > MANY_EDGES);
    this.#keepPositions();
    return hasChanged;
  }

  /** Lays the picture out; force-directed settles over several frames. */
  arrange(layout: LayoutName, drawn: DrawnGraph, centre: string | null, pinned: ReadonlySet<string>): void {
    this.stopLayout();
    this.sigma.setCustomBBox(null);
    if (layout !== 'force') {
      this.#move(place(layout, drawn, centre, this.times()), pinned);
      this.fit();
      return;
    }
    const keys = this.graph.nodes();
    const nodes = keys.map((key) => {
      const { x, y } = this.graph.getNodeAttributes(key);
      return { key, x, y, size: 10, isPinned: pinned.has(key) };
    });
    this.onsettling(0);
    this.#runner.run(
      forceMatrices(nodes, drawn.edges),
      iterationsFor(keys.length),
      ({ positions, share }) => {
        const { width, height } = this.sigma.getDimensions();
        const points = new Map(
          keys.map((key, i) => [key, { x: positions[2 * i] ?? 0, y: positions[2 * i + 1] ?? 0 }]),
        );
        const shaped = stretched(points, width / Math.max(1, height));
        this.#move(share < 1 ? shaped : spread(shaped, { width, height }), pinned);
        this.onsettling(share < 1 ? share : null);
      },
    );
  }

  /** Whether labels step back in motion. */
  get isLight(): boolean {
    return this.sigma.getSetting('hideLabelsOnMove');
  }

  /** Lets labels and edges step back in motion, whatever their number. */
  lighten(): void {
    this.sigma.setSetting('hideLabelsOnMove', true);
    this.sigma.setSetting('hideEdgesOnMove', true);
  }

  stopLayout(): void {
    this.#runner.stop();
    this.onsettling(null);
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#glyphs.forget();
    this.sigma.setSetting('edgeLabelColor', { color: palette.text });
    this.sigma.refresh();
  }

  setEmphasis(emphasis: Emphasis, areLabelsShown: boolean): void {
    this.#emphasis = emphasis;
    this.#areLabelsShown = areLabelsShown;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Whether the picture is small enough to follow the pointer with all of it. */
  get canDim(): boolean {
    return this.graph.order + this.graph.size <= MOST_DIMMED;
  }

  /** The nodes linked to any of the keys, with the keys themselves. */
  near(keys: Iterable<string>): Set<string> {
    const near = new Set<string>();
    for (const key of keys) {
      if (!this.graph.hasNode(key)) continue;
      near.add(key);
      this.graph.forEachNeighbor(key, (other) => near.add(other));
    }
    return near;
  }

  fit(): void {
    void this.sigma
      .getCamera()
      .animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: this.#motion(200) });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.ratio * factor }, { duration: this.#motion(120) });
  }

  /** Brings a node to the middle. */
  centreOn(key: string): void {
    const data = this.sigma.getNodeDisplayData(key);
    if (data)
      void this.sigma
        .getCamera()
        .animate({ x: data.x, y: data.y, ratio: 0.6 }, { duration: this.#motion(250) });
  }

  kill(): void {
    this.#runner.stop();
    this.#keepPositions();
    this.sigma.kill();
  }

  #motion(milliseconds: number): number {
    return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ? 1 : milliseconds;
  }

  #move(to: ReadonlyMap<string, Point>, pinned: ReadonlySet<string>): void {
    this.graph.updateEachNodeAttributes(
      (key, attributes) => {
        const point = to.get(key);
        return point === undefined || pinned.has(key)
          ? attributes
          : { ...attributes, x: point.x, y: point.y };
      },
      { attributes: ['x', 'y'] },
    );
    this.#keepPositions();
  }

  #keepPositions(): void {
    this.graph.forEachNode((key, { x, y }) => this.positions.set(key, { x, y }));
  }

  #besideNeighbour(key: string, drawn: DrawnGraph): Point | undefined {
    const edge = drawn.edges.find(
      ({ source, target }) =>
        (source === key && this.graph.hasNode(target)) || (target === key && this.graph.hasNode(source)),
    );
    if (edge === undefined) return undefined;
    const { x, y } = this.graph.getNodeAttributes(edge.source === key ? edge.target : edge.source);
    // A golden-angle step keeps new neighbours apart, and the same picture each time.
    const angle = this.graph.order * 2.399963;
    return { x: x + 20 * Math.cos(angle), y: y + 20 * Math.sin(angle) };
  }

  #nodeDisplay(key: string, { x, y, node }: NodeAttributes) {
    const look = nodeLook(node, this.#palette, this.#emphasis);
    return {
      x,
      y,
      size: look.size,
      color: this.#glyphs.isDrawn ? this.#palette.background : look.color,
      label: this.#areLabelsShown || look.forceLabel ? node.label : null,
      forceLabel: look.forceLabel,
      hidden: this.#emphasis.veiled.has(key),
      zIndex: look.zIndex,
      isDim: look.isDim,
      isStrong: look.forceLabel,
      key,
    };
  }

  #edgeDisplay(edge: GraphEdge) {
    const look = edgeLook(edge, this.#palette, this.#emphasis);
    return {
      hidden: this.#emphasis.veiled.has(edge.source) || this.#emphasis.veiled.has(edge.target),
      color: look.isDim ? mixed(look.color, this.#palette.background) : look.color,
      size: look.size,
      label: look.showLabel ? edge.kind : null,
      forceLabel: look.showLabel,
      zIndex: look.isDim ? 0 : 1,
    };
  }

  #label(
    context: CanvasRenderingContext2D,
    data: { x: number; y: number; size: number; label: string | null; isDim?: boolean; isStrong?: boolean },
    isHovered: boolean,
  ): void {
    if (data.label === null || data.label === '') return;
    const look = { isDim: data.isDim === true && !isHovered, isStrong: isHovered || data.isStrong === true };
    drawLabel(context, data.label, { x: data.x, y: data.y, radius: data.size }, this.#palette, look);
  }
}
