import { ERRORS, type ErrorCode } from './catalogue';

type ErrorParams = Readonly<Record<string, string | number>>;

/** What crosses a process boundary of an error. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** A failure with a code of the catalogue; `message` is the sentence for a person. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    options?: ErrorOptions,
  ) {
    super(errorText(code, params), options);
  }

  get hint(): string {
    return ERRORS[this.code].hint;
  }
}

/** The catalogue's sentence with its parameters filled in. */
export function errorText(code: ErrorCode, params: ErrorParams): string {
  return ERRORS[code].text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '?'));
}

/** Any thrown value as an envelope; what is no AppError becomes `internal` with its message. */
export function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof AppError) return { code: error.code, params: error.params };
  return { code: 'internal', params: { detail: error instanceof Error ? error.message : String(error) } };
}

/** The error behind an envelope. */
export function fromEnvelope(envelope: ErrorEnvelope): AppError {
  return new AppError(envelope.code, envelope.params);
}
