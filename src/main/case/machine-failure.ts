import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/catalogue';

/** How Node and the engine word what is the machine's fault, not the evidence's. */
const CAUSES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/ENOSPC|EDQUOT|no space left|disk quota/i, 'disk.full'],
  [/\bEIO\b|input\/output error/i, 'disk.failing'],
  [/EACCES|EROFS|EPERM|permission denied|read-only file system|operation not permitted/i, 'case.unwritable'],
];

/**
 * A failure while a case is written, as what is to be done about it: `disk.full`, `disk.failing` or `case.unwritable` with
 * the path and the system's words. Any other error is given back as it is.
 */
export function machineFailure(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const [, code] = CAUSES.find(([words]) => words.test(error.message)) ?? [];
  if (code === undefined) return error;
  return new AppError(code, { path, detail: error.message.split('\n')[0] ?? '' }, { cause: error });
}
