import type { JsonObject } from './json-object';

/** Products of Security Lake's own sources, by metadata.product.name. */
const PRODUCTS: readonly (readonly [name: RegExp, id: string])[] = [
  [/cloudtrail/i, 'ocsf-cloudtrail'],
  [/vpc/i, 'ocsf-flow'],
  [/route ?53/i, 'ocsf-dns'],
  [/\beks\b|kubernetes/i, 'ocsf-k8s'],
  [/\bwaf\b/i, 'ocsf-waf'],
];
/** Classes that the product's name need not tell apart. */
const FINDING_CLASSES: ReadonlySet<number> = new Set([2001, 2002, 2003, 2004]);

/** Which source's record in OCSF an object is; `ocsf` for those of other products, null when it is no OCSF at all. */
export function ocsfShapeId(o: JsonObject): string | null {
  const metadata = o['metadata'];
  if (!('class_uid' in o) || typeof metadata !== 'object' || metadata === null) return null;
  const { product } = metadata as JsonObject;
  const name = typeof product === 'object' && product !== null ? (product as JsonObject)['name'] : null;
  if (FINDING_CLASSES.has(Number(o['class_uid']))) return 'ocsf-finding';
  return PRODUCTS.find(([sign]) => typeof name === 'string' && sign.test(name))?.[1] ?? 'ocsf';
}
