import type { RequestOf } from '../../../shared/contract/index';
import type { TimeRange } from '../../../shared/model/time';
import { entityLabel, guessEntity, isEntityType } from '../../format/entity';
import { formatRange, fromMillis, justBefore, toMillis } from '../../format/time';

export type Side = RequestOf<'compare/run'>['a'];
type Params = Readonly<Record<string, string | undefined>>;
type Letter = 'a' | 'b';

/** The side that the params of the place name. */
export function sideOf(params: Params, letter: Letter): Side {
  const type = params[`${letter}Type`] ?? '';
  const id = params[`${letter}Id`] ?? '';
  const from = params[`${letter}From`];
  const to = params[`${letter}To`];
  return {
    entity: isEntityType(type) && id !== '' ? { type, id } : null,
    scope: from !== undefined && to !== undefined && from <= to ? { from, to } : null,
  };
}

export function paramsOf(letter: Letter, { entity, scope }: Side): Record<string, string | undefined> {
  return {
    [`${letter}Type`]: entity?.type,
    [`${letter}Id`]: entity?.id,
    [`${letter}From`]: scope?.from,
    [`${letter}To`]: scope?.to,
  };
}

/** The entity a person typed, by the shape of its id; a name without one is a user agent. */
export function typedEntity(text: string): Side['entity'] {
  const id = text.trim();
  if (id === '') return null;
  return guessEntity(id) ?? { type: 'userAgent', id };
}

export function sideTitle({ entity, scope }: Side): string {
  const who = entity === null ? 'All calls' : entityLabel(entity);
  return scope === null ? who : `${who}, ${formatRange(scope)}`;
}

/** A span and the same length just before it. */
export function withBefore(scope: TimeRange): { readonly before: TimeRange; readonly scope: TimeRange } {
  const from = toMillis(scope.from);
  return {
    before: { from: fromMillis(from - (toMillis(scope.to) - from)), to: justBefore(scope.from) },
    scope,
  };
}

/** How many times as often on B; null where one side has none. */
export function ratioOf(row: { readonly a: number; readonly b: number }): number | null {
  return row.a === 0 || row.b === 0 ? null : row.b / row.a;
}

export function ratioText(row: { readonly a: number; readonly b: number }): string {
  const ratio = ratioOf(row);
  if (ratio === null) return row.a === 0 ? 'only B' : 'only A';
  return ratio >= 1 ? `× ${trim(ratio)}` : `÷ ${trim(1 / ratio)}`;
}

function trim(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 0 : 1);
}
