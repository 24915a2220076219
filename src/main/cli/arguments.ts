import { resolve } from 'node:path';
import { flowHeader } from '../evidence/originals/flow-fields';
import { AppError } from '../../shared/errors/app-error';
import type { CommandIo, OptionValues } from './command';

/** The text of an option, or null when it was not given. */
export function text(options: OptionValues, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** The text of an option that must be there. Errors: `usage`. */
export function required(options: OptionValues, name: string): string {
  const value = text(options, name);
  if (value === null || value === '') throw new AppError('usage', { detail: `--${name} is missing.` });
  return value;
}

/** The texts of an option that may be given several times. */
export function texts(options: OptionValues, name: string): string[] {
  const value = options[name];
  return (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string');
}

/** A whole number within bounds. Errors: `usage`. */
export function wholeNumber(
  options: OptionValues,
  name: string,
  fallback: number,
  bounds: { min: number; max: number },
): number {
  const value = text(options, name);
  if (value === null) return fallback;
  const number = Number(value.replaceAll('_', ''));
  if (!Number.isInteger(number) || number < bounds.min || number > bounds.max) {
    throw new AppError('usage', {
      detail: `--${name} must be a whole number from ${bounds.min} to ${bounds.max}, not ${value}.`,
    });
  }
  return number;
}

/** One of a few words. Errors: `usage`. */
export function oneOf<const T extends string>(
  options: OptionValues,
  name: string,
  words: readonly T[],
  fallback: T,
): T {
  const value = text(options, name);
  if (value === null) return fallback;
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new AppError('usage', { detail: `--${name} must be one of ${words.join(', ')}, not ${value}.` });
  return found;
}

/** The orders of fields that --flow-format names, as AWS writes them: `version vpc-id` or `${version} ${vpc-id}`. Errors: `usage`. */
export function flowFormats(options: OptionValues): readonly (readonly string[])[] {
  return texts(options, 'flow-format').map((words) => {
    const fields = flowHeader(words.trim().split(/[\s,]+/));
    if (fields === null)
      throw new AppError('usage', {
        detail: `--flow-format must name the fields of a flow log in their order, not ${words}.`,
      });
    return fields;
  });
}

/** A path as the user wrote it, absolute. */
export function pathOf(io: CommandIo, path: string): string {
  return resolve(io.cwd, path);
}

/** An ISO time, a date, or such without a zone (UTC), as evidence time text. Errors: `usage`. */
export function time(options: OptionValues, name: string): string | null {
  const value = text(options, name);
  if (value === null) return null;
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,6})?Z?)?$/.exec(value);
  const clock = match?.[2] ?? '00:00:00';
  const iso = match
    ? `${match[1]}T${clock.length === 5 ? `${clock}:00` : clock}${(match[3] ?? '.').padEnd(7, '0')}Z`
    : '';
  if (!match || Number.isNaN(Date.parse(iso))) {
    throw new AppError('usage', {
      detail: `--${name} must be a time like 2024-05-01T13:00:00Z, not ${value}.`,
    });
  }
  return iso;
}
