import type { ErrorEnvelope } from './app-error';

/** The reply of every call between processes. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorEnvelope };
