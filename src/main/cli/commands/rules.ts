import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { CaseFolder } from '../../case/case-folder';
import {
  addPacks,
  bookOf,
  checkRules,
  chooseRules,
  fieldMap,
  listRules,
  readPack,
  shareRules,
  takeSharedRules,
  testRules,
} from '../../detections';
import { pathOf, required, text, texts } from '../arguments';
import { withCase } from '../case-access';
import { EXIT_WITH_ISSUES, type Command, type CommandIo, type OptionValues } from '../command';
import { noteAction } from '../note-action';
import { alignedTable, jsonLine, plain } from '../output';

export default {
  name: 'rules',
  summary: 'List rules, check a folder of Sigma rules, test it on a case, or choose what a case runs',
  usage:
    'rules [--list] [--case <dir>] [--json]\n  rules --fields\n  rules --check <dir> [--json]\n  rules --test <dir> --case <dir> [--json]\n  rules --case <dir> [--add <dir>]... [--disable <id>]... [--enable <id>]... [--json]\n  rules --case <dir> --share <dir> | --take <dir> [--json]',
  options: {
    list: { type: 'boolean' },
    fields: { type: 'boolean' },
    check: { type: 'string' },
    test: { type: 'string' },
    case: { type: 'string' },
    add: { type: 'string', multiple: true },
    enable: { type: 'string', multiple: true },
    disable: { type: 'string', multiple: true },
    share: { type: 'string' },
    take: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    if (options['fields'] === true) {
      await io.print(fieldMap());
      return 0;
    }
    const check = text(options, 'check');
    if (check !== null) return checkFolder(await folderOf(check, io), options, io);
    const test = text(options, 'test');
    if (test !== null) return testFolder(await folderOf(test, io), options, io);
    const [share, take] = [text(options, 'share'), text(options, 'take')];
    if (share !== null || take !== null) return handOver(share, take, options, io);
    if (['add', 'enable', 'disable'].some((name) => options[name] !== undefined)) await choose(options, io);
    return list(options, io);
  },
} satisfies Command;

/** Errors: `path.missing`. */
async function folderOf(path: string, io: CommandIo): Promise<string> {
  const absolute = pathOf(io, path);
  await stat(absolute).catch(() => {
    throw new AppError('path.missing', { path: absolute });
  });
  return absolute;
}

async function checkFolder(folder: string, options: OptionValues, io: CommandIo): Promise<number> {
  const checked = await checkRules(folder);
  const rows = checked.map((r) => [r.ok ? 'ok' : 'NO', r.file, r.title ?? '', r.reason ?? '']);
  await io.print(
    options['json'] === true ? jsonLine(checked) : alignedTable(['RUNS', 'FILE', 'TITLE', 'REASON'], rows),
  );
  return checked.every((r) => r.ok) ? 0 : EXIT_WITH_ISSUES;
}

function testFolder(folder: string, options: OptionValues, io: CommandIo): Promise<number> {
  return withCase(options, io, async ({ database }) => {
    const tested = await testRules(database.main, await readPack(folder, new Date().toISOString()));
    const rows = tested.map((r) => [
      r.reason === null ? String(r.records) : 'NO',
      String(r.excluded),
      r.level,
      r.title,
      r.author,
      r.reason ?? (r.first === null ? '' : `${r.first} .. ${r.last ?? ''}`),
    ]);
    await io.print(
      options['json'] === true
        ? jsonLine(tested)
        : alignedTable(['RECORDS', 'EXCLUDED', 'LEVEL', 'TITLE', 'AUTHOR', 'WHEN'], rows),
    );
    return tested.every((r) => r.reason === null) ? 0 : EXIT_WITH_ISSUES;
  });
}

/** Writes the choice into the case; analyses after it use it. */
async function choose(options: OptionValues, io: CommandIo): Promise<void> {
  const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
  const add = await Promise.all(texts(options, 'add').map((path) => folderOf(path, io)));
  const [enable, disable] = [texts(options, 'enable'), texts(options, 'disable')];
  const known = new Set(listRules(await bookOf(caseFolder.path)).flatMap((r) => [r.id, r.title]));
  const unknown = [...enable, ...disable].find((word) => !known.has(word));
  if (unknown !== undefined && add.length === 0)
    throw new AppError('usage', { detail: `No rule or detector of the case is called ${unknown}.` });
  const lock = await caseFolder.lock();
  try {
    if (add.length > 0) await addPacks(caseFolder.path, add, new Date().toISOString());
    if (enable.length + disable.length > 0) await chooseRules(caseFolder.path, { enable, disable });
    await noteAction(caseFolder, io, 'rules', {
      added: add.join(', '),
      enabled: enable.join(', '),
      disabled: disable.join(', '),
    });
  } finally {
    await lock.release();
  }
  io.note('The next analysis of the case uses it: coldtrail open --case <dir>.');
}

/** Writes the case's rules and choices into a folder, or takes them over from one. */
async function handOver(
  share: string | null,
  take: string | null,
  options: OptionValues,
  io: CommandIo,
): Promise<number> {
  if (share !== null && take !== null)
    throw new AppError('usage', { detail: 'One of --share, --take at a time.' });
  const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
  const path = pathOf(io, share ?? take ?? '');
  const now = new Date().toISOString();
  const lock = await caseFolder.lock();
  try {
    const moved =
      share === null ? await takeSharedRules(caseFolder, path, now) : await shareRules(caseFolder, path, now);
    await noteAction(caseFolder, io, 'rules', {
      ...(share === null ? { taken: path } : { shared: path }),
      ...{ rules: moved.rules, disabled: moved.disabled },
    });
    const packs = plain(moved.packs.join(', '));
    await io.print(
      options['json'] === true
        ? jsonLine({ path, ...moved })
        : `${moved.rules} rules of ${moved.packs.length} packs (${packs}), ${moved.disabled} turned off\n`,
    );
  } finally {
    await lock.release();
  }
  if (take !== null) io.note('The next analysis of the case uses it: coldtrail open --case <dir>.');
  return 0;
}

async function list(options: OptionValues, io: CommandIo): Promise<number> {
  const path = text(options, 'case');
  const caseFolder = path === null ? null : await CaseFolder.open(pathOf(io, path));
  const rules = listRules(await bookOf(caseFolder?.path));
  const rows = rules.map((r) => [
    r.enabled ? (r.reason === null ? 'yes' : 'NO') : 'off',
    r.id,
    r.severity,
    r.pack,
    plain(r.title),
    plain(r.reason ?? ''),
  ]);
  await io.print(
    options['json'] === true
      ? jsonLine(rules)
      : alignedTable(['RUNS', 'ID', 'LEVEL', 'PACK', 'TITLE', 'REASON'], rows),
  );
  return 0;
}
