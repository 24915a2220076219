import { rm } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import { quotedIdentifier, quotedString } from '../db/sql';
import { splitRecords } from '../evidence/originals/split-records';
import type { Group, Load } from './batch';
import { SAMPLE_LENGTH } from './problem';
import { Spool } from './spool';
import type { PartWriter } from './writer';

/** A written relation of some files, not yet de-duplicated. */
export interface Draft {
  readonly path: string;
  readonly loads: readonly Load[];
}

const LEAST_OBJECT = 16 * 1024 ** 2;
/** Failures of the machine, not of the evidence: trying less evidence does not help. */
const MACHINE = /no space left|disk quota|database has been invalidated|^io error|^internal error/i;
/** The engine is at its limit of memory: with less evidence at once it is not. */
const MEMORY = /out of memory/i;
/** Records of more bytes are left out where a file alone takes too much memory: a few thousand times what a log writes. */
const LARGEST = [16 * 1024 ** 2, 1024 ** 2];

/**
 * Maps the spooled lines of a group to drafts. What the engine refuses is found by halving; the file that it refuses
 * alone goes record by record, so that only the records it cannot take are lost, each as a problem.
 */
export async function loadGroup(writer: PartWriter, group: Group): Promise<Draft[]> {
  group.spool.flush();
  return group.loads.length === 0 ? [] : loadSome(writer, group, group.spool, group.loads);
}

async function loadSome(
  writer: PartWriter,
  group: Group,
  spool: Spool,
  loads: readonly Load[],
): Promise<Draft[]> {
  try {
    return [{ path: await copy(writer, group, spool, loads), loads }];
  } catch (error) {
    if (isMachineFailure(error)) throw error;
    if (loads.length === 1) {
      const sizes = isMemoryFailure(error) ? LARGEST : [Infinity];
      return loadAlone(writer, group, spool, { load: loads[0] as Load, error, sizes });
    }
    const middle = Math.ceil(loads.length / 2);
    const drafts: Draft[] = [];
    for (const half of [loads.slice(0, middle), loads.slice(middle)])
      drafts.push(...(await loadHalf(writer, group, spool, half)));
    return drafts;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function isMachineFailure(error: unknown): boolean {
  return error instanceof AppError || MACHINE.test(messageOf(error));
}

function isMemoryFailure(error: unknown): boolean {
  return MEMORY.test(messageOf(error));
}

async function loadHalf(
  writer: PartWriter,
  group: Group,
  from: Spool,
  loads: readonly Load[],
): Promise<Draft[]> {
  const spool = Spool.create(`${from.path}-${loads[0]?.file.fileId ?? 0}-${loads.length}`);
  try {
    const moved: Load[] = [];
    for (const load of loads) {
      const offset = spool.bytes;
      spool.add(from.read(load.range));
      moved.push({ ...load, range: { offset, length: load.range.length } });
    }
    spool.flush();
    return await loadSome(writer, group, spool, moved);
  } finally {
    spool.close();
    await rm(spool.path, { force: true });
  }
}

/** Line records are checked before they are spooled; what fails here nevertheless is counted as lost. */
async function loadAlone(
  writer: PartWriter,
  group: Group,
  spool: Spool,
  { load, error, sizes }: { readonly load: Load; readonly error: unknown; readonly sizes: readonly number[] },
): Promise<Draft[]> {
  const reason = messageOf(error).split('\n')[0] ?? '';
  const [largest = Infinity, ...smaller] = sizes;
  const known = load.file.problems.length;
  const repaired = group.fields.length === 0 ? await repair(writer, spool, load, { reason, largest }) : null;
  try {
    if (!repaired) throw error;
    return [{ path: await copy(writer, group, repaired.spool, [repaired.load]), loads: [repaired.load] }];
  } catch (second) {
    if (isMachineFailure(second)) throw second;
    if (isMemoryFailure(second)) {
      if (!repaired || smaller.length === 0) throw second;
      load.file.problems.length = known;
      return await loadAlone(writer, group, spool, { load, error, sizes: smaller });
    }
    load.file.lost += repaired?.load.records ?? load.records ?? 0;
    load.file.problems.push({
      code: 'import.failed',
      recordNo: null,
      offset: null,
      detail: reason,
      sample: '',
    });
    return [];
  } finally {
    if (repaired) {
      repaired.spool.close();
      await rm(repaired.spool.path, { force: true });
    }
  }
}

const LINE_START = /^\{"f":\d+,"o":(\d+),/;

/** The records of one file, up to a size, that the engine accepts one by one, each on a line of its own. */
async function repair(
  writer: PartWriter,
  from: Spool,
  load: Load,
  { reason, largest }: { readonly reason: string; readonly largest: number },
): Promise<{ spool: Spool; load: Load }> {
  const spool = Spool.create(`${from.path}-repair-${load.file.fileId}`);
  const bytes = from.read(load.range);
  let records = 0;
  let longestLine = 0;
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    let number = Number(LINE_START.exec(line.toString('latin1', 0, 64))?.[1] ?? 0);
    for (const piece of splitRecords(line)) {
      number += 1;
      const size = piece.end - piece.start;
      const isLarge = size > largest;
      const text = line.toString('utf8', piece.start, isLarge ? piece.start + SAMPLE_LENGTH : piece.end);
      const accepted = piece.problem || isLarge ? null : await acceptable(writer, text);
      if (accepted !== null) {
        spool.add(Buffer.from(`{"f":${load.file.fileId},"o":${number - 1},"Records":[${accepted}]}\n`));
        records += 1;
        longestLine = Math.max(longestLine, piece.end - piece.start + 64);
        continue;
      }
      const offset = load.shift === null ? null : start + piece.start + load.shift;
      const problem =
        piece.problem ??
        (isLarge
          ? { code: 'record.tooLarge', detail: `a record of ${size} bytes` }
          : { code: 'json.syntax', detail: `not accepted as JSON (${reason})` });
      load.file.problems.push({ ...problem, recordNo: number, offset, sample: text.slice(0, SAMPLE_LENGTH) });
    }
    start = end + 1;
  }
  spool.flush();
  return { spool, load: { ...load, range: { offset: 0, length: spool.bytes }, records, longestLine } };
}

/** Escapes in JSON, in order: a pair of surrogates, a surrogate alone, any other. */
const ESCAPES =
  /(\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})|(\\u[dD][89a-fA-F][\da-fA-F]{2})|\\[^]/g;

/**
 * A record as the engine takes it, or null. Half a surrogate pair is no text to it though JSON allows one: who puts it
 * into a name must not hide the record, so it becomes U+FFFD, as decoders do; the original keeps what was written.
 */
async function acceptable(writer: PartWriter, text: string): Promise<string | null> {
  if (await isAccepted(writer, text)) return text;
  const paired = text.replace(ESCAPES, (escape, _pair, alone?: string) => (alone ? '\\ufffd' : escape));
  return paired !== text && (await isAccepted(writer, paired)) ? paired : null;
}

async function isAccepted(writer: PartWriter, text: string): Promise<boolean> {
  const { ok } = await writer.connection.row<{ ok: boolean }>('SELECT json_valid($text) AS ok', { text });
  return ok;
}

function copy(writer: PartWriter, group: Group, spool: Spool, loads: readonly Load[]): Promise<string> {
  const raw = group.fields.length === 0 ? jsonLines(spool.path, loads) : fieldLines(spool.path, group.fields);
  return writer.draft(
    group.source.id,
    `WITH raw AS (${raw}) SELECT *, false AS duplicate FROM (${group.source.mapSql(group.fields)})`,
  );
}

function jsonLines(path: string, loads: readonly Load[]): string {
  const objectSize = loads.reduce((most, load) => Math.max(most, load.longestLine), LEAST_OBJECT);
  return `
    SELECT f AS file_id, CAST(o + place AS INTEGER) AS record_no, r
    FROM (SELECT f, o, unnest("Records") AS r, generate_subscripts("Records", 1) AS place
      FROM read_json(${quotedString(path)}, columns = {'f': 'INTEGER', 'o': 'INTEGER', 'Records': 'JSON[]'},
        format = 'newline_delimited', records = true, maximum_object_size = ${objectSize}))`;
}

function fieldLines(path: string, fields: readonly string[]): string {
  const columns = [
    `'file_id': 'INTEGER'`,
    `'account_of_path': 'VARCHAR'`,
    `'region_of_path': 'VARCHAR'`,
    `'record_no': 'INTEGER'`,
    ...fields.map((f) => `${quotedString(f)}: 'VARCHAR'`),
  ];
  const names = ['file_id', 'account_of_path', 'region_of_path', 'record_no', ...fields].map(
    quotedIdentifier,
  );
  return `
    SELECT ${names.join(', ')} FROM read_csv(${quotedString(path)}, columns = {${columns.join(', ')}},
      auto_detect = false, header = false, delim = '\\t', nullstr = '-', quote = '', escape = '')`;
}
