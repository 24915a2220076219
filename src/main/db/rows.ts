import {
  DuckDBTypeId,
  JsonDuckDBValueConverter,
  type DuckDBValue,
  type DuckDBValueConverter,
  type Json,
} from '@duckdb/node-api';

/** What a row holds in JavaScript: JSON values only; evidence times are text, never Date. */
export type Cell = Json;

const MICROS_PER_SECOND = 1_000_000n;

/** Microseconds since the epoch as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, exact. */
export function isoFromMicros(micros: bigint): string {
  let seconds = micros / MICROS_PER_SECOND;
  let rest = micros % MICROS_PER_SECOND;
  if (rest < 0n) {
    seconds -= 1n;
    rest += MICROS_PER_SECOND;
  }
  return `${isoFromSeconds(seconds)}.${rest.toString().padStart(6, '0')}Z`;
}

/** Seconds that a Date can hold; the engine's times go some 19,000 years further. */
const MAX_DATE = 8_640_000_000_000n;
/** The calendar repeats after 400 years. */
const CYCLES = 100;
const CYCLE_SECONDS = BigInt(CYCLES) * 146_097n * 86_400n;

function isoFromSeconds(seconds: bigint): string {
  const cycles = seconds > MAX_DATE ? CYCLES : seconds < -MAX_DATE ? -CYCLES : 0;
  const near = cycles === 0 ? seconds : seconds - BigInt(Math.sign(cycles)) * CYCLE_SECONDS;
  const text = new Date(Number(near) * 1000).toISOString().slice(0, -5);
  return cycles === 0
    ? text
    : text.replace(/^[+-]\d{6}/, (year) => `${cycles > 0 ? '+' : ''}${Number(year) + cycles * 400}`);
}

function integer(value: DuckDBValue): Cell {
  const big = value as bigint;
  const number = Number(big);
  return Number.isSafeInteger(number) ? number : big.toString();
}

function timestamp(value: DuckDBValue): Cell {
  const { isFinite, micros } = value as { readonly isFinite: boolean; readonly micros: bigint };
  return isFinite ? isoFromMicros(micros) : String(value);
}

const OWN: Partial<Record<DuckDBTypeId, (value: DuckDBValue) => Cell>> = {
  [DuckDBTypeId.BIGINT]: integer,
  [DuckDBTypeId.UBIGINT]: integer,
  [DuckDBTypeId.HUGEINT]: integer,
  [DuckDBTypeId.UHUGEINT]: integer,
  [DuckDBTypeId.TIMESTAMP]: timestamp,
  [DuckDBTypeId.TIMESTAMP_TZ]: timestamp,
};

/**
 * The one place where DuckDB values become JavaScript values: integers as numbers while safe (else text), times as
 * ISO text with microseconds, lists as arrays, structs as objects; the rest as the binding's JSON converter has it.
 */
export const toCell: DuckDBValueConverter<Cell> = (value, type, converter) => {
  if (value === null) return null;
  const own = OWN[type.typeId];
  return own ? own(value) : JsonDuckDBValueConverter(value, type, converter);
};
