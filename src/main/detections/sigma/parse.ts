import { isScalar, parseAllDocuments, visit, type Document } from 'yaml';
import { parseCondition } from './condition';
import { parseCorrelation } from './correlation-document';
import { isMap, text, texts, type YamlMap } from './document';
import { parseHead } from './head';
import { parseItem, parseKeyword, type Placeholders } from './item';
import { attemptOf } from './attempt';
import { RuleProblem, type Expression, type FilterRule, type LogSourceRef, type SigmaRule } from './rule';

export interface ParseProblem {
  readonly id: string | null;
  readonly title: string | null;
  readonly reason: string;
}
interface Parsed {
  readonly rules: readonly SigmaRule[];
  /** Why the file, or a document of it, is no runnable rule: every reason, not the first. */
  readonly problems: readonly ParseProblem[];
}

/** Reads a Sigma file: one or more YAML documents. Never throws. */
export function parseSigma(source: string, placeholders: Placeholders = {}): Parsed {
  const rules: SigmaRule[] = [];
  const problems: ParseProblem[] = [];
  for (const document of documentsOf(source)) {
    const [error] = document.errors;
    if (error) {
      problems.push({ id: null, title: null, reason: `not valid YAML: ${firstLine(error.message)}` });
      continue;
    }
    const value: unknown = plain(document);
    if (!isMap(value)) {
      if (value !== null && value !== undefined)
        problems.push({ id: null, title: null, reason: 'no Sigma rule' });
      continue;
    }
    try {
      const rule = ruleOf(value, source, placeholders);
      rules.push(rule);
      if (rule.kind === 'event' && isMap(value['coldtrail']) && value['coldtrail']['attempts'] === true) {
        rules.push(attemptOf(rule));
      }
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      problems.push({ id: text(value['id']) || null, title: text(value['title']) || null, reason });
    }
  }
  if (rules.length === 0 && problems.length === 0)
    problems.push({ id: null, title: null, reason: 'no Sigma rule in it' });
  return { rules, problems };
}

function documentsOf(source: string): Document.Parsed[] {
  const parsed = parseAllDocuments(source, { uniqueKeys: true });
  return Array.isArray(parsed) ? parsed : [];
}

/** The document's plain value; a number keeps its digits as written (account 012345678901 is no 12345678901). */
function plain(document: Document.Parsed): unknown {
  visit(document, {
    Scalar(_, node) {
      if (
        isScalar(node) &&
        typeof node.value === 'number' &&
        node.source !== undefined &&
        String(node.value) !== node.source
      ) {
        node.value = node.source;
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { title: '', detection: { problem: error instanceof Error ? error.message : '' } };
  }
}

const firstLine = (message: string) => message.split('\n')[0] ?? message;

function ruleOf(doc: YamlMap, source: string, placeholders: Placeholders): SigmaRule {
  const head = parseHead(doc, source);
  if (isMap(doc['correlation']))
    return { kind: 'correlation', ...head, ...parseCorrelation(doc['correlation']) };
  if (isMap(doc['filter']))
    return { ...filterOf(doc['filter'], head, placeholders), logSource: logSourceOf(doc['logsource']) };
  if (!isMap(doc['detection'])) throw new RuleProblem(['no detection, correlation or filter section']);
  const expression = parseDetection(doc['detection'], placeholders);
  return { kind: 'event', ...head, logSource: logSourceOf(doc['logsource']), expression };
}

function filterOf(
  filter: YamlMap,
  head: ReturnType<typeof parseHead>,
  placeholders: Placeholders,
): Omit<FilterRule, 'logSource'> {
  const { rules, ...detection } = filter;
  const named = text(rules).toLowerCase() === 'any' ? [] : texts(rules);
  return { kind: 'filter', ...head, rules: named, expression: parseDetection(detection, placeholders) };
}

function logSourceOf(value: unknown): LogSourceRef {
  const source = isMap(value) ? value : {};
  const word = (key: string) => text(source[key]).toLowerCase();
  return { product: word('product'), category: word('category'), service: word('service') };
}

function parseDetection(detection: YamlMap, placeholders: Placeholders): Expression {
  const { condition, timeframe, ...named } = detection;
  const reasons: string[] = [];
  const collect = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error;
      reasons.push(...error.reasons);
      return null;
    }
  };
  if (timeframe !== undefined)
    reasons.push('timeframe left Sigma with version 2: write a correlation rule instead');
  const parts = new Map<string, Expression>();
  for (const [name, value] of Object.entries(named)) {
    parts.set(name, collect(() => parseSearch(value, placeholders)) ?? { op: 'and', of: [] });
  }
  const conditions = texts(condition);
  if (conditions.length === 0) reasons.push('no condition');
  const of = conditions.flatMap((c) => collect(() => parseCondition(c, parts)) ?? []);
  if (reasons.length > 0) throw new RuleProblem([...new Set(reasons)]);
  const [only] = of;
  return of.length === 1 && only ? only : { op: 'or', of };
}

/** A named part: a map (all of its lines), or a list of maps and words (any of them). */
function parseSearch(value: unknown, placeholders: Placeholders): Expression {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RuleProblem(['a part of the rule is an empty list']);
    return { op: 'or', of: value.map((item: unknown) => parseSearch(item, placeholders)) };
  }
  if (!isMap(value)) return parseKeyword(value);
  const lines = Object.entries(value);
  if (lines.length === 0) throw new RuleProblem(['a part of the rule is an empty map']);
  const reasons: string[] = [];
  const of = lines.flatMap(([key, v]) => {
    try {
      return [parseItem(key, v, placeholders)];
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error;
      reasons.push(...error.reasons);
      return [];
    }
  });
  if (reasons.length > 0) throw new RuleProblem(reasons);
  return { op: 'and', of };
}
