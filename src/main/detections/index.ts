import { locateAddresses } from '../baselines/geography';
import { ownLocationFiles } from '../baselines/geography/own-files';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import { describeRules, FIRST_DETECTOR } from './described-rules';
import flowRulesSql from './fold/flow-rules.sql?raw';
import levelsSql from './fold/levels.sql?raw';
import membersSql from './fold/members.sql?raw';
import mergeSql from './fold/merge.sql?raw';
import placesSql from './fold/places.sql?raw';
import publishSql from './fold/publish.sql?raw';
import { otherHitsSql } from './fold/other-hits';
import { bookOf } from './packs/rule-book';
import tablesSql from './fold/tables.sql?raw';
import targetsSql from './fold/targets.sql?raw';
import guarddutySql from './provider/guardduty.sql?raw';
import { logSources } from './sigma/log-sources';
import { runRules } from './sigma/run';
import type { Detector } from './statistical/detector';

export { catalogue, ruleSql, ruleText } from './catalogue';
export { checkRules } from './check';
export { fieldMap } from './field-map';
export { addPacks, chooseRules, readPack } from './packs/case-rules';
export { listRules } from './packs/list-rules';
export { bookOf, type RuleBook } from './packs/rule-book';
export { shareRules, takeSharedRules } from './packs/share-rules';
export { testRules } from './packs/test-rules';
export { technique } from './techniques';

/** Creates findings, finding_events and finding_entities: the case's rules, detectors and provider findings, folded. */
export async function runDetections(context: AnalysisContext): Promise<void> {
  const { connection, progress } = context;
  progress('Locating addresses', 0);
  await locateAddresses(connection, await ownLocationFiles(context.casePath));
  const { set, detectors } = await bookOf(context.casePath);
  const numbered = await runRules(connection, set, (share) => progress('Rules', share * 0.5));
  await runScript(connection, tablesSql);
  await describeRules(connection, numbered, detectors);
  await connection.run(
    "INSERT INTO det_hits BY NAME SELECT rule_no, source, file_id, record_no, fold FROM sigma_hits WHERE source = 'cloudtrail'",
  );
  await runScript(connection, flowRulesSql);
  for (const source of logSources)
    if (source.subject) await connection.run(otherHitsSql(source, source.subject));
  await connection.run('DROP TABLE sigma_hits');
  for (const [i, detector] of detectors.entries()) {
    progress(detector.title, 0.5 + (0.3 * i) / detectors.length);
    await runDetector(connection, detector, FIRST_DETECTOR + i);
  }
  progress('Folding', 0.8);
  for (const script of [membersSql, guarddutySql, placesSql, levelsSql, mergeSql, targetsSql, publishSql])
    await runScript(connection, script);
}

/** What a detector gives beside the columns of all; those of CloudTrail and flows are told by their tables. */
const OWN_COLUMNS: Readonly<Partial<Record<Detector['source'], string>>> = {
  cloudtrail: '',
  'vpc-flow': ', address, target_type, target_id',
};

async function runDetector(connection: Connection, detector: Detector, number: number): Promise<void> {
  const own = OWN_COLUMNS[detector.source] ?? ', address, target_type, target_id, event_time, account_id';
  await connection.run(
    `INSERT INTO det_hits BY NAME
     SELECT $number AS rule_no, $source AS source, file_id, record_no, fold, CAST(list_position(['informational', 'low', 'medium', 'high', 'critical'], CAST(severity AS VARCHAR)) - 1 AS INTEGER) AS level_rank, note${own}
     FROM (${detector.sql})`,
    { number, source: detector.source },
  );
}
