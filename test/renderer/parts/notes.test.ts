import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/shared/contract/notes';
import NotesView from '../../../src/renderer/views/notes/NotesView.svelte';
import { disputedIds, filterNotes } from '../../../src/renderer/views/notes/notes-list';
import { stage } from '../support/bench';

const base: Annotation = {
  id: 'n1',
  kind: 'note',
  subject: { kind: 'case', type: '', id: '' },
  title: '',
  text: 'a *first* note <b>bold</b>',
  author: 'ann@desk',
  createdAt: '2024-05-01T10:00:00.000000Z',
  changedAt: '2024-05-01T10:00:00.000000Z',
  revisions: 1,
  rivalOf: null,
  record: null,
  label: null,
};
const incident = { kind: 'incident', type: '', id: 'inc-1' } as const;
const rows: Annotation[] = [
  base,
  { ...base, id: 'v1', kind: 'verdict', subject: incident, text: 'benign', label: 'Theft' },
  {
    ...base,
    id: 'v2',
    kind: 'verdict',
    subject: incident,
    text: 'unsure',
    author: 'bob@desk',
    label: 'Theft',
  },
  { ...base, id: 'r1', subject: incident, rivalOf: 'r0', text: 'another', label: 'Theft' },
];

describe('the list of notes', () => {
  it('knows on what the analysts disagree', () => {
    expect([...disputedIds(rows)].sort()).toEqual(['r0', 'r1', 'v1', 'v2']);
    expect(disputedIds(rows.slice(0, 2)).size).toBe(0);
  });

  it('is filtered by text, kind, author and dispute', () => {
    const none = { text: '', kind: '', author: '', disputed: false };
    const ids = (filter: Partial<typeof none>) =>
      filterNotes(rows, { ...none, ...filter }).map((row) => row.id);
    expect(ids({ text: 'THEFT' })).toEqual(['v1', 'v2', 'r1']);
    expect(ids({ kind: 'verdict', author: 'bob@desk' })).toEqual(['v2']);
    expect(ids({ disputed: true })).toEqual(['v1', 'v2', 'r1']);
  });
});

describe('the notes view', () => {
  const written: unknown[] = [];
  const answers = {
    'notes/list': () => ({ rows, logLines: 7, brokenAt: null }),
    'notes/put': (request: unknown) => {
      written.push(request);
      return { id: 'new' };
    },
    'notes/merge': () => ({
      added: 1,
      updated: 0,
      known: 2,
      unknownSubjects: 0,
      conflicts: [
        {
          subject: incident,
          what: 'verdict',
          ours: { author: 'ann@desk', text: 'benign' },
          theirs: { author: 'bob@desk', text: 'unsure' },
        },
      ],
    }),
  };

  it('shows notes as text, opens what they are about and keeps what is written', async () => {
    const { workbench } = stage(NotesView, { params: {} }, answers);
    await workbench.notes.reload();
    const panel = await screen.findByRole('article', { name: 'Notes on The case' });
    expect(within(panel).getByText('first').tagName).toBe('EM');
    expect(within(panel).queryByText('bold')).toBeNull();
    expect(panel.textContent).toContain('<b>bold</b>');

    await fireEvent.input(within(panel).getByRole('textbox', { name: 'New note' }), {
      target: { value: ' more ' },
    });
    await fireEvent.click(within(panel).getByRole('button', { name: 'Add note' }));
    await waitFor(() =>
      expect(written).toContainEqual({
        id: null,
        kind: 'note',
        subject: base.subject,
        title: '',
        text: 'more',
      }),
    );
    const grid = screen.getByRole('grid', { name: 'Annotations' });
    await fireEvent.click(within(grid).getAllByText('Theft')[0]!);
    expect(workbench.navigation.place).toMatchObject({ view: 'incident', params: { id: 'inc-1' } });
  });

  it('lists the conflicts of a merge', async () => {
    stage(NotesView, { params: {} }, answers);
    await fireEvent.click(screen.getByRole('button', { name: 'Merge…' }));
    const merge = await screen.findByRole('region', { name: 'Merge' });
    expect(within(merge).getByRole('status').textContent).toContain('1 conflict');
    expect(within(merge).getByText('Unsure')).toBeTruthy();
  });
});
