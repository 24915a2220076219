import { expect, test } from 'vitest';
import actions from '../../../resources/remediation/actions.json';
import known from '../../support/aws-operations.json';

interface Options {
  readonly required: readonly string[];
  readonly flags: readonly string[];
  readonly values: readonly string[];
}
const OPERATIONS: Readonly<Record<string, Options>> = known.operations;
/** Options of every command, and what the command line adds to single ones. */
const GLOBAL = ['query', 'output', 'region', 'filters'];
const ADDED: Readonly<Record<string, readonly string[]>> = {
  'ec2 create-network-acl-entry': ['ingress', 'egress'],
  'ec2 delete-network-acl-entry': ['ingress', 'egress'],
};

/** Words of a shell line: quotes hold words together, redirections and comments end it. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const end = words.findIndex((w) => w === '>' || w === '#' || w === '&&');
  return end < 0 ? words : words.slice(0, end);
}

/** What is wrong with an AWS command; empty when nothing is. */
function problemsOf(line: string): string[] {
  const [, service = '', command = '', ...rest] = wordsOf(line);
  const name = `${service} ${command}`;
  const options = OPERATIONS[name];
  if (!options) return [`${name} is no operation`];
  const added = ADDED[name] ?? [];
  const given = rest.flatMap((word, i) => (word.startsWith('--') ? [{ option: word.slice(2), i }] : []));
  const problems = given.flatMap(({ option, i }) => {
    const bare = option.replace(/^no-/, '');
    const flag = options.flags.includes(bare) || added.includes(bare);
    if (!flag && !options.values.includes(option) && !GLOBAL.includes(option))
      return [`${name} has no --${option}`];
    const value = rest[i + 1];
    const valued = value !== undefined && !value.startsWith('--');
    if (flag && valued) return [`--${option} of ${name} takes no value`];
    if (!flag && !valued && option !== 'layers') return [`--${option} of ${name} needs a value`];
    return [];
  });
  const names = given.map(({ option }) => option.replace(/^no-/, ''));
  const missing = options.required.filter(
    (option) => !names.includes(option) && !(option === 'egress' && names.includes('ingress')),
  );
  return [...problems, ...missing.map((option) => `${name} needs --${option}`)];
}

const lines = actions.flatMap(({ id, cli }) => cli.map((line) => [id, line] as const));

test.each(lines.filter(([, line]) => line.startsWith('aws ')))('%s: %s', (_, line) => {
  expect(problemsOf(line)).toEqual([]);
});

test('a wrong operation, option, value or omission would be told', () => {
  expect(problemsOf('aws iam kill-user --user-name x')).toEqual(['iam kill-user is no operation']);
  expect(problemsOf('aws iam delete-user --name x')).toEqual([
    'iam delete-user has no --name',
    'iam delete-user needs --user-name',
  ]);
  expect(problemsOf('aws guardduty update-detector --detector-id x --enable true')).toHaveLength(1);
});

test('what is no AWS command is one of kubectl or a remark', () => {
  const others = lines.map(([, line]) => line).filter((line) => !line.startsWith('aws '));
  for (const line of others) expect(line).toMatch(/^(kubectl |\()/);
});
