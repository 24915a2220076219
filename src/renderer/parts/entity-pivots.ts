import type { EntityRef } from '../../shared/model/entity';
import { ENTITY_TITLES } from '../format/entity';
import type { MenuItem } from '../workbench/menu.svelte';
import type { Workbench } from '../workbench/workbench.svelte';

/** Where one can go from an entity: the same everywhere it is named. */
export function entityPivots(workbench: Workbench, entity: EntityRef): MenuItem[] {
  const name = ENTITY_TITLES[entity.type].toLowerCase();
  return [
    { title: `Open ${name} profile`, run: () => workbench.openEntity(entity) },
    { title: 'Open beside', run: () => workbench.openApart(entity, 'beside') },
    { title: 'Open in a new tab', run: () => workbench.openApart(entity, 'tab') },
    { title: 'Investigate', run: () => workbench.investigate(entity) },
    { title: 'Show its records', run: () => workbench.records.openList(entityRecords(workbench, entity)) },
    {
      title: 'Compare with another',
      run: () => workbench.navigation.go('compare', { aType: entity.type, aId: entity.id }),
    },
    {
      title: 'Show where it was',
      run: () => workbench.navigation.go('map', { ...entity, tab: 'travel' }),
    },
    { title: 'Search for it', run: () => workbench.search(entity.id) },
    { title: 'Copy id', separated: true, run: () => void workbench.copy(entity.id, 'Id') },
    {
      title: 'Copy as JSON',
      run: () => void workbench.copy(JSON.stringify({ type: entity.type, id: entity.id }), 'JSON'),
    },
  ];
}

/** The records of an entity within the scope time, as a list for the evidence drawer. */
export function entityRecords(workbench: Workbench, entity: EntityRef, filter = '') {
  return {
    title: `Records of ${entity.id}`,
    call: 'entity/records',
    request: { entity: { ...entity }, scope: workbench.scope, filter },
  } as const;
}
