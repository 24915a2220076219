import { GLYPHS } from '../ui/glyphs';
import type { DrawnNode } from './model';
import type { Palette } from './palette';
import type { Sprites } from './sprites';
import { nodeColor } from './style';

type Canvas = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where and how large a node is on the canvas, in pixels. */
interface NodeSpot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const paths = new Map<string, Path2D>();

function glyphPath(name: string): Path2D {
  const known = paths.get(name);
  if (known) return known;
  const path = new Path2D(GLYPHS[name] ?? GLYPHS['resource']);
  paths.set(name, path);
  return path;
}

const MIDDLE = { x: 0, y: 0 };

/** Draws what a node is over its disc: an entity's ring and glyph, a finding's shape with the letter of its severity. */
export function drawNode(
  context: CanvasRenderingContext2D,
  node: DrawnNode,
  spot: NodeSpot,
  { palette, sprites }: { readonly palette: Palette; readonly sprites: Sprites },
  {
    isDim,
    isSelected,
    isPinned,
  }: { readonly isDim: boolean; readonly isSelected: boolean; readonly isPinned: boolean },
): void {
  context.globalAlpha = isDim ? 0.28 : 1;
  if (isSelected) ring(context, spot, palette.accent);
  // Half a pixel is not seen, and lets nodes of nearly one size share a drawing.
  const radius = Math.round(2 * spot.radius) / 2;
  const look = `${node.kind} ${node.type} ${node.severity ?? ''} ${radius}`;
  sprites.put(context, spot, look, 2 * radius + 4, (on) => {
    if (node.kind === 'finding') drawFinding(on, node, { ...MIDDLE, radius }, palette);
    else drawEntity(on, node, { ...MIDDLE, radius }, palette);
  });
  if (isPinned) drawPin(context, spot, palette);
  if (node.members.length > 0) {
    const text = String(node.members.length);
    const at = { x: spot.x + spot.radius * 0.45 + 7, y: spot.y - spot.radius + 2 };
    sprites.put(context, at, `badge ${text}`, 60, (on) => drawBadge(on, text, palette));
  }
  context.globalAlpha = 1;
}

function ring(context: CanvasRenderingContext2D, { x, y, radius }: NodeSpot, color: string): void {
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 2 * Math.PI);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke();
}

/** A pin at the lower left: a head on a needle. */
function drawPin(context: CanvasRenderingContext2D, { x, y, radius }: NodeSpot, palette: Palette): void {
  const [left, top] = [x - radius * 0.85, y + radius * 0.55];
  context.beginPath();
  context.arc(left, top, 3, 0, 2 * Math.PI);
  context.moveTo(left, top + 3);
  context.lineTo(left, top + 8);
  context.fillStyle = palette.accent;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.4;
  context.fill();
  context.stroke();
}

function drawEntity(context: Canvas, node: DrawnNode, spot: NodeSpot, palette: Palette): void {
  const { x, y, radius } = spot;
  const color = nodeColor(node, palette);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.surface;
  context.fill();
  context.strokeStyle = color;
  context.lineWidth = 1.6;
  context.stroke();
  if (radius < 5) return;
  const scale = (radius * 1.2) / 16;
  context.save();
  context.translate(x - 8 * scale, y - 8 * scale);
  context.scale(scale, scale);
  context.lineWidth = 1.4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(glyphPath(node.type));
  context.restore();
}

function drawFinding(context: Canvas, node: DrawnNode, spot: NodeSpot, palette: Palette): void {
  const { x, y, radius } = spot;
  const severity = node.severity ?? 'informational';
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
  context.fillStyle = palette.severity[severity];
  context.fill();
  if (radius < 5) return;
  context.fillStyle = palette.onSeverity[severity];
  context.font = `700 ${Math.round(radius * 0.95)}px "Inter", "Noto Sans", "DejaVu Sans", sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(severity.charAt(0).toUpperCase(), x, y + 0.5);
}

/** A count on a plate that grows to the right. */
function drawBadge(context: Canvas, text: string, palette: Palette): void {
  context.font = '600 9px "Inter", "Noto Sans", "DejaVu Sans", sans-serif';
  const width = Math.max(14, context.measureText(text).width + 6);
  context.beginPath();
  context.roundRect(-7, -7, width, 13, 6);
  context.fillStyle = palette.text;
  context.fill();
  context.fillStyle = palette.background;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, -7 + width / 2, 0);
}

/** Draws a label under its node on a faint plate, so that it stays readable over edges. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  spot: NodeSpot,
  palette: Palette,
  { isDim, isStrong }: { readonly isDim: boolean; readonly isStrong: boolean },
): void {
  const shown = text.length > 34 && !isStrong ? `${text.slice(0, 32)}…` : text;
  context.save();
  context.font = `${isStrong ? 600 : 400} 11px "Inter", "Noto Sans", "DejaVu Sans", sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const width = context.measureText(shown).width + 6;
  const top = spot.y + spot.radius + 3;
  context.globalAlpha = isDim ? 0.3 : 0.82;
  context.fillStyle = palette.background;
  context.beginPath();
  context.roundRect(spot.x - width / 2, top, width, 15, 3);
  context.fill();
  context.globalAlpha = isDim ? 0.35 : 1;
  context.fillStyle = palette.text;
  context.fillText(shown, spot.x, top + 1.5);
  context.restore();
}
