import * as v from 'valibot';
import { defineContract } from './define';
import { Count, EntityType, Page, Severity, Sort, Table, Text } from './words';

export const FindingRow = v.object({
  id: v.string(),
  ruleId: v.string(),
  title: v.string(),
  description: v.string(),
  provider: v.string(),
  kind: v.string(),
  tactic: v.string(),
  techniques: v.array(v.string()),
  severity: Severity,
  severityReason: v.string(),
  principal: Text,
  sourceIp: Text,
  first: v.string(),
  last: v.string(),
  count: Count,
  incidentId: Text,
});
export type FindingRow = v.InferOutput<typeof FindingRow>;

export const findingsContract = defineContract({
  'findings/list': {
    request: v.object({
      severity: v.nullable(Severity),
      filter: v.string(),
      page: Page,
      sort: v.nullable(Sort),
    }),
    response: v.object({ rows: v.array(FindingRow), total: Count }),
  },
  'findings/get': {
    request: v.object({ id: v.string() }),
    response: v.object({
      finding: FindingRow,
      falsePositives: v.string(),
      sources: v.array(
        v.object({
          ruleId: v.string(),
          title: v.string(),
          provider: v.string(),
          author: v.string(),
          licence: v.string(),
          link: v.string(),
          severity: v.string(),
        }),
      ),
      entities: v.array(v.object({ type: EntityType, id: v.string(), role: v.string() })),
      sql: v.string(),
      /** The rule's own text (YAML) when it is a Sigma rule. */
      rule: v.string(),
      techniques: v.array(v.object({ id: v.string(), name: v.string(), text: v.string() })),
    }),
  },
  /** Records behind a finding; columns as incidents/timeline. */
  'findings/records': { request: v.object({ id: v.string(), page: Page }), response: Table },
});
