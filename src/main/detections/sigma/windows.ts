import type { CorrelationRule } from './rule';

/**
 * From members(part, file_id, record_no, seen, g, v) to the bursts of a correlation: one row a record with g, burst, began,
 * head_file, head_record, part, file_id, record_no. All records of a satisfied window count; windows that follow on one
 * another within the timespan are one burst, so that it is one thing however long it is. `began` and the head are the first
 * time, and record, at which the rule holds.
 */
export function burstsSql(rule: CorrelationRule, members: string): string {
  const fired = rule.type === 'temporal_ordered' ? orderedSql(rule) : countedSql(rule);
  return `WITH members AS (SELECT * FROM (${members}) WHERE len(list_filter(g, lambda x: x IS NULL)) = 0),
${fired},
gaps AS (SELECT *, seen - lag(seen) OVER (PARTITION BY g ORDER BY seen, file_id, record_no) AS gap FROM fired),
numbered AS (SELECT *, count(*) FILTER (gap IS NULL OR gap > INTERVAL ${rule.seconds} SECOND) OVER (PARTITION BY g ORDER BY seen, file_id, record_no ROWS UNBOUNDED PRECEDING) AS burst FROM gaps),
heads AS (SELECT g, burst, min(seen) AS began, first(file_id ORDER BY seen, file_id, record_no) AS head_file, first(record_no ORDER BY seen, file_id, record_no) AS head_record FROM numbered WHERE holds GROUP BY g, burst)
SELECT g, burst, began, head_file, head_record, part, file_id, record_no FROM numbered JOIN heads USING (g, burst)`;
}

function countedSql(rule: CorrelationRule): string {
  const span = `INTERVAL ${rule.seconds} SECOND`;
  const tests =
    rule.type === 'temporal'
      ? [`n >= ${rule.rules.length}`]
      : rule.thresholds.map(({ sign, value }) => `n ${sign} ${value}`);
  return `counted AS (SELECT *, ${aggregateSql(rule)} OVER (PARTITION BY g ORDER BY seen RANGE BETWEEN ${span} PRECEDING AND CURRENT ROW) AS n FROM members),
judged AS (SELECT *, coalesce(${tests.join(' AND ')}, false) AS holds FROM counted),
fired AS (SELECT * FROM (SELECT *, bool_or(holds) OVER (PARTITION BY g ORDER BY seen RANGE BETWEEN CURRENT ROW AND ${span} FOLLOWING) AS fires FROM judged) WHERE fires)`;
}

function aggregateSql(rule: CorrelationRule): string {
  const number = 'TRY_CAST(v AS DOUBLE)';
  switch (rule.type) {
    case 'value_count':
      return 'count(DISTINCT v)';
    case 'temporal':
      return 'count(DISTINCT part)';
    case 'value_sum':
      return `sum(${number})`;
    case 'value_avg':
      return `avg(${number})`;
    case 'value_percentile':
      return `quantile_cont(${number}, ${Math.min(100, Math.max(0, rule.percentile)) / 100})`;
    default:
      return 'count(*)';
  }
}

/**
 * Rules in their order: each stage carries the latest start that a chain to it can have, so a chain fits the timespan
 * exactly when the last stage's does. CloudTrail's seconds leave the order within a second open: equal times count.
 */
function orderedSql(rule: CorrelationRule): string {
  const last = rule.rules.length - 1;
  const stages = rule.rules.slice(1).map((_, i) => {
    const stage = i + 1;
    return `stage${stage} AS (SELECT m.g, m.seen, max(p.start) AS start FROM (SELECT * FROM members WHERE part = ${stage}) m ASOF JOIN (SELECT g, seen, max(max(start)) OVER (PARTITION BY g ORDER BY seen) AS start FROM stage${i} GROUP BY g, seen) p ON m.g = p.g AND m.seen >= p.seen GROUP BY m.g, m.seen)`;
  });
  return `stage0 AS (SELECT g, seen, seen AS start FROM members WHERE part = 0),
${stages.join(',\n')},
chains AS (SELECT g, seen, start FROM stage${last} WHERE seen - start <= INTERVAL ${rule.seconds} SECOND),
fired AS (SELECT m.g, m.part, m.file_id, m.record_no, m.seen, bool_or(m.part = ${last} AND m.seen = c.seen) AS holds FROM members m JOIN chains c ON m.g = c.g AND m.seen BETWEEN c.start AND c.seen GROUP BY ALL)`;
}
