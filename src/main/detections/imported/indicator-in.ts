import { defineDetector, type Detector } from '../statistical/detector';

/** Records that a finding of one indicator holds at most; the hit counts them all. */
const RECORDS = 1000;

interface Log {
  readonly id: string;
  readonly source: Detector['source'];
  /** In words, with its article: `a call`. */
  readonly where: string;
  /** SELECT of what a hit `h` and the record `r` give; joined on the columns in `columns`. */
  readonly table: string;
  /** Place of a hit -> SQL over the record that equals what was seen. */
  readonly columns: Readonly<Record<string, string>>;
  /** SQL over `r` for the finding's owner: part of the fold. */
  readonly owner: string;
  readonly time: string;
  /** More columns of the detector, from `r`. */
  readonly more: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
}

/** A detector for the records of one kind of log that hold an imported indicator. */
export function indicatorIn(log: Log): Detector {
  const parts = Object.entries(log.columns).map(
    ([place, column]) =>
      `SELECT h.indicator, h.records, r.* FROM ${log.table} r JOIN found h ON h.place = '${place}' AND ${column} = h.seen`,
  );
  return defineDetector({
    id: log.id,
    title: `Imported indicator in ${log.where}`,
    description: 'An indicator that was imported into the case stands in this log.',
    tactic: log.tactic,
    techniques: log.techniques,
    severity: 'medium',
    severityReason: 'As the list rates the indicator; medium when it does not.',
    falsePositives: 'Stale lists, addresses that many share, tools that everybody uses',
    remediation: ['R-IP-BLOCK'],
    source: log.source,
    sql: `
WITH found AS (
  SELECT * FROM indicator_hits WHERE source = '${log.source}'
), records AS (
  ${parts.join('\n  UNION ALL\n  ')}
)
SELECT r.file_id, r.record_no, concat_ws('|', i.type, i.value, ${log.owner}) AS fold, i.severity,
  i.value || ' of ' || i.list || CASE WHEN i.label = '' THEN '' ELSE ' (' || left(i.label, 120) || ')' END || ' stands in ' || r.records || ' records.' AS note${log.more}
FROM records r JOIN indicators i USING (indicator)
QUALIFY row_number() OVER (PARTITION BY r.indicator ORDER BY ${log.time}, r.file_id, r.record_no) <= ${RECORDS}`,
  });
}
