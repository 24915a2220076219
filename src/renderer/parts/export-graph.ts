import type { Client } from '../api/client';
import type { GraphState } from '../graph/graph.svelte';
import { toGraphml } from '../graph/graphml';
import { readPalette } from '../graph/palette';
import { toSvg } from '../graph/picture';
import { svgToPng } from '../graph/svg-to-png';

export type PictureKind = 'svg' | 'png' | 'graphml';

/** Width and height of pictures, in pixels. */
const SIZE = { width: 1400, height: 900 };
const SLICE = 32_768;

/**
 * Writes the graph as it is drawn to where the user chooses, and returns the path; null when they changed their mind.
 * Errors: the picture cannot be painted or written.
 */
export async function exportGraph(
  client: Client,
  graph: GraphState,
  name: string,
  kind: PictureKind,
): Promise<string | null> {
  const content = await contentOf(graph, kind);
  return client.call('dialog/picture', { name, extension: kind, content: await toBase64(content) });
}

async function contentOf(graph: GraphState, kind: PictureKind): Promise<Blob> {
  if (kind === 'graphml') return new Blob([toGraphml(graph.drawn)]);
  const palette = readPalette(getComputedStyle(document.documentElement));
  const svg = toSvg(graph.drawn, graph.positions, palette, SIZE);
  return kind === 'svg' ? new Blob([svg]) : svgToPng(svg, SIZE.width, SIZE.height);
}

async function toBase64(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = '';
  // In slices: an argument list cannot be as long as a picture.
  for (let at = 0; at < bytes.length; at += SLICE)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
