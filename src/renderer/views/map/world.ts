import { geoGraticule10, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import text from 'world-atlas/countries-50m.json?raw';

type Topology = Parameters<typeof feature>[0];
type Shapes = Parameters<typeof mesh>[1] & Parameters<typeof feature>[1];
type World = Topology & { readonly objects: { readonly countries: Shapes; readonly land: Shapes } };

/** The sheet that the world is drawn on, in units of its own. */
export const SHEET = { width: 960, height: 500 } as const;

const projection = geoNaturalEarth1().fitSize([SHEET.width, SHEET.height], { type: 'Sphere' });
const path = geoPath(projection).digits(1);

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Land, borders and grid as SVG paths on the sheet. */
export function drawWorld(): {
  readonly land: string;
  readonly borders: string;
  readonly grid: string;
  readonly sea: string;
} {
  const world = JSON.parse(text) as World;
  return {
    land: path(feature(world, world.objects.land)) ?? '',
    borders: path(mesh(world, world.objects.countries, (a, b) => a !== b)) ?? '',
    grid: path(geoGraticule10()) ?? '',
    sea: path({ type: 'Sphere' }) ?? '',
  };
}

/** Where a place is on the sheet. */
export function pointOf(place: { readonly latitude: number; readonly longitude: number }): Point {
  const [x, y] = projection([place.longitude, place.latitude]) ?? [0, 0];
  return { x, y };
}

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** The shortest way over the globe as an SVG path; it may leave the sheet on one side and come back on the other. */
export function wayBetween(from: Place, to: Place): string {
  const coordinates = [from, to].map(({ longitude, latitude }) => [longitude, latitude]);
  return path({ type: 'LineString', coordinates }) ?? '';
}
