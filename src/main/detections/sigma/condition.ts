import { RuleProblem, type Expression } from './rule';

/**
 * Parses a Sigma condition (`selection and not 1 of filter_*`, `all of them`, parentheses) over the rule's named
 * parts. Errors (RuleProblem) name the word that does not fit.
 */
export function parseCondition(text: string, parts: ReadonlyMap<string, Expression>): Expression {
  if (text.includes('|')) {
    throw new RuleProblem([
      'aggregations after | left Sigma with version 2: write a correlation rule instead',
    ]);
  }
  const reader = new Reader(text.match(/\(|\)|[^\s()]+/g) ?? [], parts);
  const expression = reader.disjunction();
  const rest = reader.peek();
  if (rest !== undefined)
    throw new RuleProblem([`the condition goes on with "${rest}" where nothing is expected`]);
  return expression;
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly parts: ReadonlyMap<string, Expression>,
  ) {}

  peek(): string | undefined {
    return this.tokens[this.at];
  }

  disjunction(): Expression {
    return this.chain('or', () => this.chain('and', () => this.factor()));
  }

  private chain(word: 'and' | 'or', operand: () => Expression): Expression {
    const first = operand();
    const of = [first];
    while (this.peek()?.toLowerCase() === word) {
      this.at += 1;
      of.push(operand());
    }
    return of.length === 1 ? first : { op: word, of };
  }

  private factor(): Expression {
    const word = this.peek()?.toLowerCase();
    if (word === 'not') {
      this.at += 1;
      return { op: 'not', of: this.factor() };
    }
    if (word === '(') {
      this.at += 1;
      const inner = this.disjunction();
      if (this.peek() !== ')') throw new RuleProblem(['the condition lacks a closing parenthesis']);
      this.at += 1;
      return inner;
    }
    return this.term();
  }

  private term(): Expression {
    const word = this.peek();
    if (word === undefined) throw new RuleProblem(['the condition ends too early']);
    this.at += 1;
    if (this.peek()?.toLowerCase() === 'of') {
      this.at += 1;
      return this.quantified(word.toLowerCase());
    }
    const part = this.parts.get(word);
    if (part === undefined)
      throw new RuleProblem([`the condition names "${word}", which the rule does not define`]);
    return part;
  }

  private quantified(quantity: string): Expression {
    if (quantity !== '1' && quantity !== 'any' && quantity !== 'all') {
      throw new RuleProblem([`"${quantity} of" is not Sigma: 1, any or all`]);
    }
    const pattern = this.peek();
    this.at += 1;
    if (pattern === undefined) throw new RuleProblem(['the condition ends after "of"']);
    const of = [...this.parts].filter(([name]) => fits(name, pattern)).map(([, part]) => part);
    if (of.length === 0) throw new RuleProblem([`no part of the rule fits "${pattern}"`]);
    return { op: quantity === 'all' ? 'and' : 'or', of };
  }
}

function fits(name: string, pattern: string): boolean {
  if (pattern.toLowerCase() === 'them') return !name.startsWith('_');
  const escaped = pattern.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(name);
}
