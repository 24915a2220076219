import type { IndicatorHitRow } from '../../../shared/contract/indicators';
import { ENTITY_TYPES } from '../../../shared/model/entity';
import type { RecordList } from '../../workbench/records.svelte';
import type { Workbench } from '../../workbench/workbench.svelte';

interface HitFilter {
  readonly text: string;
  readonly list: string;
  readonly type: string;
}

export function fits(hit: IndicatorHitRow, { text, list, type }: HitFilter): boolean {
  const words = text.toLowerCase();
  return (
    (list === '' || hit.list === list) &&
    (type === '' || hit.type === type) &&
    (words === '' || [hit.value, hit.seen, hit.label].some((part) => part.toLowerCase().includes(words)))
  );
}

/** The records of a hit on an address or on something that the case knows as an entity; null for other values. */
export function recordsOf({ type, source, place, seen }: IndicatorHitRow): RecordList | null {
  const named = ENTITY_TYPES.find((kind) => kind === place);
  const entity =
    type === 'address' || type === 'network'
      ? { type: 'address', id: seen }
      : named === undefined
        ? null
        : { type: named, id: seen };
  if (entity === null) return null;
  return {
    title: `Records of ${seen} in ${source}`,
    call: 'entity/records',
    request: { entity, scope: null, filter: '', ...(named === undefined ? { source } : {}) },
  };
}

/** Shows the records behind a hit; values that are no entity are searched for. */
export function openHit(workbench: Workbench, hit: IndicatorHitRow): void {
  const list = recordsOf(hit);
  if (list === null) workbench.navigation.go('search', { text: hit.seen });
  else workbench.records.openList(list);
}
