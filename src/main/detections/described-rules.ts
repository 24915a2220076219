import { severityRank } from '../../shared/model/severity';
import type { Connection } from '../db/database';
import type { NumberedRule } from './sigma/run';
import type { Detector } from './statistical/detector';

/** Detectors are numbered after all rules. */
export const FIRST_DETECTOR = 500_000;

const TYPES = {
  rule_no: 'INTEGER',
  rule_id: 'VARCHAR',
  title: 'VARCHAR',
  description: 'VARCHAR',
  provider: 'VARCHAR',
  kind: 'VARCHAR',
  author: 'VARCHAR',
  licence: 'VARCHAR',
  link: 'VARCHAR',
  level_rank: 'INTEGER',
  severity_reason: 'VARCHAR',
  tactic: 'VARCHAR',
  techniques: ['VARCHAR'],
  techniques_v18: ['VARCHAR'],
  remediation: ['VARCHAR'],
  false_positives: 'VARCHAR',
  aggregate: 'BOOLEAN',
  first_seen: 'BOOLEAN',
  foreign_hand: 'BOOLEAN',
} as const;

type Row = Readonly<Record<keyof typeof TYPES, string | number | boolean | readonly string[]>>;

/** Fills det_rules with what findings say about the rules and detectors. Texts of user rules travel as a parameter. */
export async function describeRules(
  connection: Connection,
  rules: readonly NumberedRule[],
  detectors: readonly Detector[],
): Promise<void> {
  const rows = [...rules.map(ruleRow), ...detectors.map(detectorRow)];
  await connection.run(
    `INSERT INTO det_rules BY NAME SELECT unnest(from_json($rows, '${JSON.stringify([TYPES])}'), recursive := true)`,
    { rows: JSON.stringify(rows) },
  );
}

function ruleRow({ number, prepared: { rule } }: NumberedRule): Row {
  return {
    rule_no: number,
    rule_id: rule.id,
    title: rule.title,
    description: rule.description,
    provider: 'coldtrail',
    kind: 'sigma',
    author: rule.author,
    licence: rule.licence,
    link: rule.link,
    level_rank: severityRank(rule.level),
    severity_reason: rule.severityReason,
    tactic: rule.tactic,
    techniques: rule.techniques,
    techniques_v18: rule.techniquesV18,
    remediation: rule.remediation,
    false_positives: rule.falsePositives,
    aggregate: rule.kind === 'correlation',
    first_seen: rule.firstSeen !== null,
    foreign_hand: false,
  };
}

function detectorRow(detector: Detector, i: number): Row {
  return {
    rule_no: FIRST_DETECTOR + i,
    rule_id: detector.id,
    title: detector.title,
    description: detector.description,
    provider: 'coldtrail',
    kind: 'statistical',
    author: 'Coldtrail',
    licence: 'Apache-2.0',
    link: '',
    level_rank: severityRank(detector.severity),
    severity_reason: detector.severityReason,
    tactic: detector.tactic,
    techniques: detector.techniques,
    techniques_v18: [],
    remediation: detector.remediation,
    false_positives: detector.falsePositives,
    aggregate: true,
    first_seen: false,
    foreign_hand: detector.hand === 'foreign',
  };
}
