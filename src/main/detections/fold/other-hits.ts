import type { LogSource, Subject } from '../sigma/log-sources/log-source';

/**
 * Moves the hits of Sigma rules on a log without resolved calls to det_hits: one finding for each principal (else address),
 * target and day, or for each group of a correlation.
 */
export function otherHitsSql(source: LogSource, subject: Subject): string {
  return `INSERT INTO det_hits BY NAME
SELECT s.rule_no, s.source, s.file_id, s.record_no, coalesce(nullif(s.fold, ''), concat_ws('|', coalesce(${subject.principal}, ${subject.address}), ${subject.target}))
    || '|' || CAST(e.${source.timeColumn} AS DATE) AS fold,
  'For example: ' || ${subject.words} || '.' AS note, ${subject.address} AS address, ${subject.targetType} AS target_type, ${subject.target} AS target_id,
  e.${source.timeColumn} AS event_time, ${subject.account} AS account_id, ${subject.principal} AS principal,
  CASE WHEN ${subject.principal} IS NOT NULL THEN ${subject.principalType} END AS principal_type, ${subject.credential} AS session_key,
  ${source.idColumn === null ? 'CAST(NULL AS VARCHAR)' : `e.${source.idColumn}`} AS event_id
FROM sigma_hits s JOIN ${source.table} e USING (file_id, record_no) WHERE s.source = '${source.id}'`;
}
