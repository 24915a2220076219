import { parseArgs } from 'node:util';
import { questionsOf, type Question } from './measure/questions';
import { coldTimes, searchTimes, timesOf, warmTimes, withCase } from './measure/timed';

/**
 * Every question that the views put to a case, as main answers it (without the window): warm and cold, beside its goal,
 * and searches in records until the first hits and to their end. It prints; it never fails for being slow.
 *
 *   npm run bench -- interactions --case <folder> [--rounds 15] [--cold 3] [--only Map]
 */
const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    rounds: { type: 'string', default: '15' },
    cold: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});

/** Of the goals, the share that the worst of the three figures is. */
function shareOf({ goal }: Question, warm: { p50: number; p95: number }, cold: { p95: number }): number {
  return Math.max(warm.p50 / goal.p50, warm.p95 / goal.p95, cold.p95 / goal.cold);
}

async function askAll(caseDir: string): Promise<void> {
  const questions = await withCase(caseDir, questionsOf);
  const wanted = questions.filter(({ view, name }) => `${view}: ${name}`.includes(values.only));
  console.log(
    '| question | warm p50 / p95 | CPU | cold p50 / p95 | rows | of its goal |\n|---|---|---|---|---|---|',
  );
  let within = 0;
  for (const question of wanted) {
    const cold = await coldTimes(caseDir, question, Number(values.cold));
    const warm = await withCase(caseDir, async (database) => {
      await question.ask(database);
      return warmTimes(database, question, Number(values.rounds));
    });
    const share = shareOf(question, warm, cold);
    if (share <= 1) within += 1;
    console.log(
      `| ${question.view}: ${question.name} | ${warm.p50} / ${warm.p95} ms | ${warm.cpu} ms | ${cold.p50} / ${cold.p95} ms | ${warm.rows.toLocaleString('en-US')} | ${Math.round(100 * share)} % |`,
    );
  }
  console.log(`\n${within} of ${wanted.length} within their goals`);
}

/** Texts of every sort, of this case: frequent and rare, ids, addresses, in nested columns, and one that is nowhere. */
async function searchAll(caseDir: string): Promise<void> {
  await withCase(caseDir, async (database) => {
    const texts = await database.ask(async ({ connection }) => {
      const { call, id, address } = await connection.row<{ call: string; id: string; address: string }>(
        `SELECT min_by(event_name, hash(event_id)) AS call, min(event_id) AS id, min_by(source_ip, hash(event_id)) AS address
         FROM calls WHERE source_ip IS NOT NULL`,
      );
      const { bucket } = await connection.row<{ bucket: string | null }>(
        'SELECT min(bucket) AS bucket FROM calls',
      );
      const net = `${address.split('.').slice(0, 2).join('.')}.0.0/16`;
      return [
        'DeleteTrail',
        call,
        'AccessDenied',
        id,
        address,
        net,
        'arn:aws:iam::*:role/*',
        bucket ?? 'bucket',
        'policydocument',
        'zzz-nowhere',
      ];
    });
    console.log(
      '\n| text | first records | all of the evidence | records | longest wait |\n|---|---|---|---|---|',
    );
    const firsts: number[] = [];
    for (const text of texts) {
      const { first, all, records, stretch } = await searchTimes(database, text);
      if (first !== null) firsts.push(first);
      console.log(
        `| ${text} | ${first === null ? 'none' : `${first} ms`} | ${(all / 1000).toFixed(1)} s | ${records.toLocaleString('en-US')} | ${stretch} ms |`,
      );
    }
    const { p50, p95 } = timesOf(firsts);
    console.log(`\nFirst records after p50 ${p50} ms, p95 ${p95} ms (goal: p50 1,000 ms)`);
  });
}

if (values.case === undefined) throw new Error('--case <folder>: a case that is analysed');
if (!values.only.startsWith('Search')) await askAll(values.case);
if ('Search'.startsWith(values.only)) await searchAll(values.case);
