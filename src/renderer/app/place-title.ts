import { entityLabel, isEntityType } from '../format/entity';
import type { Workbench } from '../workbench/workbench.svelte';
import { viewById } from './views';

/** The present place in a few words, for bookmarks and tabs. */
export function placeTitle({ navigation }: Pick<Workbench, 'navigation'>): string {
  const { view, params } = navigation.place;
  const title = viewById(view)?.title ?? view;
  const { type, id, text } = params;
  if (type !== undefined && id !== undefined && isEntityType(type))
    return `${title === 'Entity' ? '' : `${title}: `}${entityLabel({ type, id })}`;
  const what = id ?? text?.replace(/\s+/g, ' ').slice(0, 40) ?? '';
  return what === '' ? title : `${title}: ${what}`;
}
