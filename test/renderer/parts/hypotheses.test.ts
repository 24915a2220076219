import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/shared/contract/notes';
import { argumentText, parseArgument } from '../../../src/shared/model/hypothesis';
import NotesPanel from '../../../src/renderer/parts/NotesPanel.svelte';
import NotesView from '../../../src/renderer/views/notes/NotesView.svelte';
import { toldBy } from '../../../src/renderer/views/notes/notes-list';
import { stage } from '../support/bench';

const hypothesis: Annotation = {
  id: 'h1',
  kind: 'hypothesis',
  subject: { kind: 'case', type: '', id: '' },
  title: 'The key leaked <b>in March</b>',
  text: 'open',
  author: 'ann@desk',
  createdAt: '2024-05-01T10:00:00.000000Z',
  changedAt: '2024-05-01T10:00:00.000000Z',
  revisions: 1,
  rivalOf: null,
  record: null,
  label: null,
};
const incident = { kind: 'incident', type: '', id: 'inc-1' } as const;
const argument: Annotation = {
  ...hypothesis,
  id: 'a1',
  kind: 'argument',
  subject: incident,
  title: 'first use was later',
  text: argumentText('against', 'h1'),
  label: 'Theft of a key',
};

function answers(rows: readonly Annotation[]) {
  const asked: { name: string; request: unknown }[] = [];
  const log = (name: string) => (request: unknown) => {
    asked.push({ name, request });
    return name === 'put' ? { id: 'new' } : null;
  };
  return {
    asked,
    'notes/list': () => ({ rows, logLines: 1, brokenAt: null }),
    'notes/put': log('put'),
    'notes/remove': log('remove'),
  };
}

describe('hypotheses', () => {
  it('are argued for or against, and a text that is no argument is none', () => {
    expect(parseArgument(argument.text)).toEqual({ stance: 'against', hypothesisId: 'h1' });
    for (const text of ['', 'for', 'perhaps h1', 'for h1 h2']) expect(parseArgument(text)).toBeNull();
    expect(toldBy(argument, [hypothesis])).toBe(`against: ${hypothesis.title}, first use was later`);
    expect(toldBy(argument, [])).toContain('not here');
  });

  it('show what speaks on each side, are judged, and go with their arguments', async () => {
    const { asked, ...given } = answers([hypothesis, argument]);
    const { workbench } = stage(NotesView, { params: {} }, given);
    await workbench.notes.reload();
    const one = await screen.findByRole('article', { name: hypothesis.title });
    within(one).getByRole('button', { name: 'Theft of a key' });
    expect(within(one).getByRole('heading', { name: /^Against/ }).textContent).toMatch(/1$/);
    await fireEvent.click(within(one).getByRole('button', { name: 'refuted' }));
    await waitFor(() => expect(asked.length).toBe(1));
    expect(asked[0]?.request).toMatchObject({ id: 'h1', kind: 'hypothesis', text: 'refuted' });
    await fireEvent.click(within(one).getByRole('button', { name: /^Remove the hypothesis/ }));
    await waitFor(() => expect(asked.length).toBe(3));
    expect(asked.slice(1).map(({ request }) => request)).toEqual([{ id: 'a1' }, { id: 'h1' }]);
  });

  it('take an incident as evidence from its notes', async () => {
    const { asked, ...given } = answers([hypothesis]);
    const { workbench } = stage(NotesPanel, { subject: incident, notes: [], title: 'Theft' }, given);
    await workbench.notes.reload();
    const form = await screen.findByRole('form', { name: 'Evidence for a hypothesis' });
    await fireEvent.change(within(form).getByRole('combobox', { name: 'Stance' }), {
      target: { value: 'against' },
    });
    await fireEvent.click(within(form).getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(asked.length).toBe(1));
    expect(asked[0]?.request).toMatchObject({ kind: 'argument', subject: incident, text: 'against h1' });
  });
});
