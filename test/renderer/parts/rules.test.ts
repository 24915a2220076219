import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { RuleRow } from '../../../src/shared/contract/rules';
import { filterRules, stateOf } from '../../../src/renderer/views/rules/filter-rules';
import RulesView from '../../../src/renderer/views/rules/RulesView.svelte';
import { stage } from '../support/bench';

const base: RuleRow = {
  id: 'r1',
  title: 'Trail stopped',
  kind: 'event',
  severity: 'high',
  tactic: 'defense-evasion',
  techniques: ['T1562.008'],
  author: 'A',
  licence: 'L',
  link: '',
  pack: 'built-in',
  enabled: true,
  reason: null,
  findings: 2,
  records: 5,
};
const rules: RuleRow[] = [
  base,
  { ...base, id: 'r2', title: 'Quiet one', findings: 0, records: 0 },
  { ...base, id: 'r3', title: 'Switched off', enabled: false, pack: 'mine' },
  { ...base, id: 'r4', title: 'Unsupported', findings: 0, reason: 'no such field' },
];

describe('the rules view', () => {
  it('tells what became of each rule', () => {
    expect(rules.map(stateOf)).toEqual(['found', 'quiet', 'disabled', 'cannot run']);
    const none = { text: '', state: '', pack: '', tactic: '' };
    expect(filterRules(rules, { ...none, state: 'quiet' }).map(({ id }) => id)).toEqual(['r2']);
    expect(filterRules(rules, { ...none, pack: 'mine', text: 't1562' }).map(({ id }) => id)).toEqual(['r3']);
  });

  it('shows text, SQL and findings of the chosen one', async () => {
    const { workbench } = stage(
      RulesView,
      { params: { id: 'r1' } },
      {
        'rules/list': () => rules,
        'rules/get': () => ({ text: 'title: Trail stopped', sql: 'SELECT 1', findingIds: ['f1', 'f2'] }),
      },
    );
    const pane = await screen.findByRole('article', { name: 'Rule Trail stopped' });
    await within(pane).findByText('title: Trail stopped');
    expect(screen.getByRole('status').textContent).toContain('4 rules');
    await fireEvent.click(within(pane).getByRole('button', { name: 'f2' }));
    expect(workbench.navigation.place).toMatchObject({ view: 'findings', params: { id: 'f2' } });
  });
});
