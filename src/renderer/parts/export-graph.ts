import type { GraphState } from '../graph/graph.svelte';
import { toGraphml } from '../graph/graphml';
import { readPalette } from '../graph/palette';
import { toSvg } from '../graph/picture';
import { saveFile, svgToPng } from '../graph/save-picture';

export type PictureKind = 'svg' | 'png' | 'graphml';

/** Width and height of pictures, in pixels. */
const SIZE = { width: 1400, height: 900 };

/** Saves the graph as it is drawn under a name with the ending of its kind. Errors: the picture cannot be painted. */
export async function exportGraph(graph: GraphState, name: string, kind: PictureKind): Promise<void> {
  if (kind === 'graphml') {
    saveFile(`${name}.graphml`, new Blob([toGraphml(graph.drawn)], { type: 'application/xml' }));
    return;
  }
  const palette = readPalette(getComputedStyle(document.documentElement));
  const svg = toSvg(graph.drawn, graph.positions, palette, SIZE);
  const blob =
    kind === 'svg'
      ? new Blob([svg], { type: 'image/svg+xml' })
      : await svgToPng(svg, SIZE.width, SIZE.height);
  saveFile(`${name}.${kind}`, blob);
}
