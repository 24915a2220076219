import { caseLog } from '../../diagnostics/log';
import { hitsOf, type IndicatorHit } from '../../indicators/hits';
import { importList, loadLists, removeList, type IndicatorList } from '../../indicators/store';
import { analyseCase } from '../../pipeline/analyse-case';
import { pathOf, text, wholeNumber } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { noteAction } from '../note-action';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'ioc',
  summary: 'Import lists of indicators and look for them in the whole case',
  usage: 'ioc --case <dir> [--import <file> | --remove <list>] [--analyse [--baseline-days 14]] [--json]',
  options: {
    case: { type: 'string' },
    import: { type: 'string' },
    remove: { type: 'string' },
    analyse: { type: 'boolean' },
    'baseline-days': { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const [file, removed] = [text(options, 'import'), text(options, 'remove')];
    const baselineDays = wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 });
    return withCase(options, io, async ({ caseFolder, database }) => {
      if (file !== null) {
        const list = await importList(caseFolder, pathOf(io, file), new Date().toISOString());
        await noteAction(caseFolder, io, 'imported', { indicators: list.name, sha256: list.sha256 });
        for (const { place, text: skipped, reason } of list.skipped.slice(0, 10))
          io.note(`${list.name}, ${place}: ${reason}: ${skipped}`);
      }
      if (removed !== null) {
        await removeList(caseFolder, removed);
        await noteAction(caseFolder, io, 'imported', { removed });
      }
      const started = performance.now();
      const lists = await loadLists(caseFolder);
      const hits = await hitsOf(database.main, lists);
      const seconds = Math.round(performance.now() - started) / 1000;
      if (options['analyse'] === true) {
        const lock = await caseFolder.lock();
        try {
          const log = caseLog(caseFolder.path, { process: 'command', level: io.logLevel });
          await analyseCase({ caseFolder, baselineDays, signal: io.signal, onProgress: io.progress, log });
        } finally {
          await lock.release();
        }
      }
      await io.print(
        options['json'] === true
          ? jsonLine({ lists: lists.map(inShort), hits, seconds })
          : told(lists, hits, seconds),
      );
      return 0;
    });
  },
} satisfies Command;

function inShort({ name, format, importedAt, sha256, indicators, skipped }: IndicatorList) {
  return { name, format, importedAt, sha256, indicators: indicators.length, skipped: skipped.length };
}

function told(lists: readonly IndicatorList[], hits: readonly IndicatorHit[], seconds: number): string {
  const rows = hits.map((h) => [
    h.severity,
    h.type,
    h.value,
    `${h.source} ${h.place}`,
    h.seen,
    String(h.records),
    h.first,
    h.last,
    h.label,
  ]);
  return [
    alignedTable(
      ['LIST', 'FORMAT', 'INDICATORS', 'SKIPPED'],
      lists.map((l) => [l.name, l.format, String(l.indicators.length), String(l.skipped.length)]),
    ),
    '\n',
    alignedTable(
      ['SEVERITY', 'TYPE', 'INDICATOR', 'WHERE', 'SEEN', 'RECORDS', 'FIRST', 'LAST', 'LABEL'],
      rows,
    ),
    `${hits.length} hits in ${seconds} s\n`,
  ].join('');
}
