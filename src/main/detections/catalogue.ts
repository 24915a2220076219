import type { Severity } from '../../shared/model/severity';
import { builtInBook, type RuleBook } from './packs/rule-book';
import { correlationStatement } from './sigma/correlation-sql';
import { eventStatement } from './sigma/statements';
import type { LogSourceId } from './sigma/log-sources/log-source';
import type { RuleHead } from './sigma/rule';

interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly falsePositives: string;
  readonly remediation: readonly string[];
  readonly kind: 'sigma' | 'statistical';
  readonly logSource: LogSourceId;
}

/** Every rule and detector that runs and reports findings, by id. */
export function catalogue(book: RuleBook = builtInBook()): CatalogueEntry[] {
  const sigma = [...book.set.events, ...book.set.correlations]
    .filter((e) => !e.silent)
    .map(({ rule, source }): CatalogueEntry => ({
      ...entryOf(rule),
      severity: rule.level,
      kind: 'sigma',
      logSource: source.id,
    }));
  const own = book.detectors.map((d): CatalogueEntry => ({
    ...entryOf(d),
    severity: d.severity,
    kind: 'statistical',
    logSource: d.source,
  }));
  return [...sigma, ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Described = Pick<
  RuleHead,
  | 'id'
  | 'title'
  | 'description'
  | 'severityReason'
  | 'tactic'
  | 'techniques'
  | 'falsePositives'
  | 'remediation'
>;

function entryOf({
  id,
  title,
  description,
  severityReason,
  tactic,
  techniques,
  falsePositives,
  remediation,
}: Described) {
  return { id, title, description, severityReason, tactic, techniques, falsePositives, remediation };
}

/** The rule's own YAML, or what the detector does in words; empty for what the book does not run. */
export function ruleText(ruleId: string, book: RuleBook = builtInBook()): string {
  const rule = [...book.set.events, ...book.set.correlations].find((r) => r.rule.id === ruleId)?.rule;
  return rule?.text ?? book.detectors.find((d) => d.id === ruleId)?.description ?? '';
}

/** A SELECT over the documented tables that gives exactly the records (file_id, record_no) of a rule or detector. */
export function ruleSql(ruleId: string, book: RuleBook = builtInBook()): string {
  const event = book.set.events.find((e) => e.rule.id === ruleId);
  if (event) return eventStatement(event);
  const correlation = book.set.correlations.find((c) => c.rule.id === ruleId);
  if (correlation) return correlationStatement(correlation);
  return book.detectors.find((d) => d.id === ruleId)?.sql.trim() ?? '';
}
