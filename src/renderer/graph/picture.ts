import { GLYPHS } from '../ui/glyphs';
import { escapeMarkup } from './escape-markup';
import type { DrawnGraph, DrawnNode } from './model';
import type { Point } from './layouts/layout';
import type { Palette } from './palette';
import { nodeColor, nodeSize } from './style';

const MARGIN = 60;

/** The picture as SVG text of the given width and height, in the theme's colours. Labels are escaped: log text is hostile. */
export function toSvg(
  drawn: DrawnGraph,
  positions: ReadonlyMap<string, Point>,
  palette: Palette,
  size: { readonly width: number; readonly height: number },
): string {
  const at = scaled(drawn, positions, size);
  const edges = drawn.edges.map((edge) => {
    const from = at(edge.source);
    const to = at(edge.target);
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="${palette.line}"><title>${escapeMarkup(edge.kind)}</title></line>`;
  });
  const nodes = drawn.nodes.map((node) => svgNode(node, at(node.key), palette));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="Inter, Noto Sans, DejaVu Sans, sans-serif">`,
    `<rect width="100%" height="100%" fill="${palette.background}"/>`,
    ...edges,
    ...nodes,
    '</svg>',
  ].join('\n');
}

function scaled(
  drawn: DrawnGraph,
  positions: ReadonlyMap<string, Point>,
  size: { width: number; height: number },
) {
  const points = drawn.nodes.map((node) => positions.get(node.key) ?? { x: 0, y: 0 });
  const left = Math.min(...points.map((point) => point.x));
  const top = Math.max(...points.map((point) => point.y));
  const wide = Math.max(1, ...points.map((point) => point.x - left));
  const high = Math.max(1, ...points.map((point) => top - point.y));
  const scale = Math.min((size.width - 2 * MARGIN) / wide, (size.height - 2 * MARGIN) / high);
  const offsetX = (size.width - wide * scale) / 2;
  const offsetY = (size.height - high * scale) / 2;
  const round = (value: number): number => Math.round(value * 10) / 10;
  // The y axis of a layout points up, that of a picture down.
  return (key: string): Point => {
    const { x, y } = positions.get(key) ?? { x: left, y: top };
    return { x: round(offsetX + (x - left) * scale), y: round(offsetY + (top - y) * scale) };
  };
}

function svgNode(node: DrawnNode, { x, y }: Point, palette: Palette): string {
  const radius = nodeSize(node);
  const color = nodeColor(node, palette);
  const label = `<text x="${x}" y="${y + radius + 13}" font-size="11" text-anchor="middle" fill="${palette.text}">${escapeMarkup(node.label)}</text>`;
  if (node.kind === 'finding') {
    const severity = node.severity ?? 'informational';
    const letter = `<text x="${x}" y="${y + 3.5}" font-size="9" font-weight="700" text-anchor="middle" fill="${palette.onSeverity[severity]}">${severity.charAt(0).toUpperCase()}</text>`;
    return `<g><path d="M${x} ${y - radius}l${radius} ${radius}l${-radius} ${radius}l${-radius} ${-radius}z" fill="${color}"/>${letter}${label}</g>`;
  }
  const scale = (radius * 1.2) / 16;
  const glyph = `<path transform="translate(${x - 8 * scale} ${y - 8 * scale}) scale(${scale})" d="${GLYPHS[node.type] ?? ''}" fill="none" stroke="${color}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<g><circle cx="${x}" cy="${y}" r="${radius}" fill="${palette.surface}" stroke="${color}" stroke-width="1.6"/>${glyph}${label}</g>`;
}
