import { SEVERITIES, type Severity } from '../../../shared/model/severity';
import { TACTICS } from '../../../shared/model/tactic';
import { currentTechnique } from '../techniques';
import { isMap, text, texts, type YamlMap } from './document';
import { RuleProblem, type FirstSeen, type RuleHead } from './rule';

/** The licence of rule repositories that name none in the rule: SigmaHQ and Suzaku publish under it. */
const USUAL_LICENCE = 'DRL-1.1';

/** Title, author, tags and our own extension (`coldtrail:`) of a rule. Tags of ATT&CK v18 become v19. */
export function parseHead(doc: YamlMap, source: string): RuleHead {
  const tags = texts(doc['tags']).map((t) => t.toLowerCase());
  const extension = isMap(doc['coldtrail']) ? doc['coldtrail'] : {};
  const tagged = tags
    .filter((t) => /^attack\.t\d{4}(\.\d{3})?$/.test(t))
    .map((t) => t.slice(7).toUpperCase());
  const title = text(doc['title']);
  const id = text(extension['id']) || text(doc['id']) || text(doc['name']) || title;
  if (id === '') throw new RuleProblem(['the rule has neither an id nor a title']);
  return {
    id,
    name: text(doc['name']) || title,
    title,
    description: text(doc['description']).trim(),
    author: text(doc['author']),
    licence: text(doc['license']) || USUAL_LICENCE,
    link: texts(doc['references'])[0] ?? '',
    level: levelOf(doc['level']),
    severityReason: text(extension['severityReason']),
    tactic: tacticOf(tags, tagged),
    techniques: [...new Set(tagged.map(currentTechnique))],
    techniquesV18: [
      ...new Set([...texts(extension['techniqueV18']), ...tagged.filter((t) => currentTechnique(t) !== t)]),
    ],
    falsePositives: texts(doc['falsepositives']).join('; '),
    remediation: texts(extension['remediation']),
    firstSeen: firstSeenOf(extension['firstSeen']),
    text: source,
  };
}

function levelOf(value: unknown): Severity {
  const level = text(value).toLowerCase();
  return SEVERITIES.find((s) => s === level) ?? 'medium';
}

/** The first tactic tag. Defense evasion was split in v19: what disables is defense impairment, the rest is stealth. */
function tacticOf(tags: readonly string[], techniques: readonly string[]): string {
  for (const tag of tags) {
    const slug = tag.replace(/^attack\./, '').replaceAll('_', '-');
    if (slug === 'defense-evasion')
      return techniques.some((t) => /^T(1562|1685|1686|1578|1666)/.test(t))
        ? 'defense-impairment'
        : 'stealth';
    if (TACTICS.some((t) => t.slug === slug)) return slug;
  }
  return '';
}

function firstSeenOf(value: unknown): FirstSeen | null {
  if (!isMap(value)) return null;
  const fields = texts(value['fields']);
  const days = Number(text(value['days']) || '14');
  if (fields.length === 0 || !(days >= 1))
    throw new RuleProblem(['firstSeen needs fields and at least 1 day']);
  return { fields, days };
}
