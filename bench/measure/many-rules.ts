import { existsSync, readFileSync } from 'node:fs';
import { builtInRules } from '../../src/main/detections/built-in';
import { ruleFiles } from '../../src/main/detections/packs/rule-files';
import { parseSigma } from '../../src/main/detections/sigma/parse';
import type { Expression, SigmaRule, Token } from '../../src/main/detections/sigma/rule';

/** What the records are first told apart by; a variant keeps them, so that it has as many candidates as its model. */
const KEPT = new Set(['eventSource', 'eventName', 'eventType', 'userIdentity.type']);

/** The built-in event rules, then variants of them that ask for other values, until there are so many. */
export function manyRules(count: number): SigmaRule[] {
  const models = builtInRules.filter((r) => r.kind === 'event' && r.firstSeen === null);
  return Array.from({ length: count }, (_, i) => {
    const model = models[i % models.length];
    const round = Math.floor(i / models.length);
    if (model?.kind !== 'event') throw new Error('the pack has no event rule');
    return round === 0
      ? model
      : {
          ...model,
          id: `${model.id}-${round}`,
          name: `${model.name}-${round}`,
          expression: varied(model.expression, String(round)),
        };
  });
}

/** Every rule of published sets in a folder that runs. */
export async function publishedRules(folder: string): Promise<SigmaRule[]> {
  if (!existsSync(folder)) return [];
  return (await ruleFiles(folder)).flatMap((file) => [...parseSigma(readFileSync(file, 'utf8')).rules]);
}

function varied(expression: Expression, suffix: string): Expression {
  switch (expression.op) {
    case 'and':
    case 'or':
      return { ...expression, of: expression.of.map((e) => varied(e, suffix)) };
    case 'not':
      return { ...expression, of: varied(expression.of, suffix) };
    case 'keyword':
      return { ...expression, tokens: longer(expression.tokens, suffix) };
    case 'field': {
      const { field, match } = expression;
      if (KEPT.has(field)) return expression;
      if (match.kind === 'text')
        return { ...expression, match: { ...match, tokens: longer(match.tokens, suffix) } };
      if (match.kind === 'regex')
        return { ...expression, match: { ...match, pattern: `${match.pattern}|${suffix}{9}$` } };
      return match.kind === 'number'
        ? { ...expression, match: { ...match, value: match.value + 1 } }
        : expression;
    }
  }
}

function longer(tokens: readonly Token[], suffix: string): readonly Token[] {
  const last = tokens.map((t) => typeof t === 'string').lastIndexOf(true);
  return tokens.map((t, i) => (i === last && typeof t === 'string' ? t + suffix : t));
}
