import { runDetections } from '../../../src/main/detections';
import type { Evidence } from '../../support/evidence';
import { context } from '../entities/record';
import { caseWith } from './evidence-fixture';

interface Found {
  readonly rule_id: string;
  readonly severity: string;
  readonly description: string;
  readonly event_count: number;
}

/** Findings that one rule or detector has a part in, over the evidence. */
export async function findingsOf(ruleId: string, evidence: Evidence): Promise<Found[]> {
  return (await allFindings(evidence))(ruleId);
}

/** All findings over the evidence, to be asked rule by rule. */
export async function allFindings(evidence: Evidence): Promise<(ruleId: string) => Found[]> {
  const database = await caseWith(evidence);
  try {
    await runDetections(context(database.main));
    const rows = await database.main.rows<Found & { rules: string[] }>(
      `SELECT rule_id, severity, description, CAST(event_count AS INTEGER) AS event_count, json_extract_string(sources, '$[*].ruleId') AS rules FROM findings ORDER BY first_time, finding_id`,
    );
    return (ruleId) => rows.filter((row) => row.rules.includes(ruleId));
  } finally {
    database.close();
  }
}
