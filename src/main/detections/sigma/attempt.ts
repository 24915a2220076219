import { SEVERITIES, severityRank } from '../../../shared/model/severity';
import type { EventRule, Expression } from './rule';

/** Ends the id and the name of the rule for failed calls. */
export const ATTEMPT = '-attempt';

/**
 * The rule for the same action when it failed (`coldtrail.attempts: true` in a rule that asks for success): refused
 * or failing, one level lower. What was tried tells as much about an intruder as what worked.
 */
export function attemptOf(rule: EventRule): EventRule {
  return {
    ...rule,
    id: `${rule.id}${ATTEMPT}`,
    name: `${rule.name}${ATTEMPT}`,
    title: `Failed attempt: ${rule.title}`,
    description: `Tried, and failed: ${rule.description}`,
    level: SEVERITIES[Math.max(0, severityRank(rule.level) - 1)] ?? rule.level,
    severityReason: `The call failed, so one level lower. ${rule.severityReason}`,
    expression: failed(rule.expression),
  };
}

/** The expression with "errorCode is null" turned into "there is an errorCode". */
function failed(expression: Expression): Expression {
  if (expression.op === 'and' || expression.op === 'or')
    return { ...expression, of: expression.of.map(failed) };
  if (expression.op === 'not') return { ...expression, of: failed(expression.of) };
  const success =
    expression.op === 'field' && expression.field === 'errorCode' && expression.match.kind === 'null';
  return success ? { op: 'not', of: expression } : expression;
}
