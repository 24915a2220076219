import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import EmptyState from '../../../src/renderer/ui/EmptyState.svelte';
import { loadSession, saveSession } from '../../../src/renderer/workbench/session';
import { clientOf, stage } from '../support/bench';

const CASE = '0f8fad5b-d9cb-469f-a165-70867728950e';
const info = {
  path: '/cases/one',
  id: CASE,
  name: 'One',
  createdAt: '',
  first: null,
  last: null,
  writable: true,
  empty: false,
};
const scope = { from: '2024-01-01T00:00:00.000000Z', to: '2024-01-02T00:00:00.000000Z' };
const places = [
  { view: 'summary', params: {}, scope: null },
  { view: 'entity', params: { type: 'role', id: 'arn:aws:iam::1:role/a' }, scope },
];
const desk = {
  sides: [
    { tabs: [{ places, index: 1 }], front: 0 },
    {
      tabs: [
        { places: places.slice(0, 1), index: 0 },
        { places, index: 0 },
      ],
      front: 1,
    },
  ],
  focused: 0,
};

describe('the session of the last run', () => {
  it('is written and read again', async () => {
    let kept: string | null = null;
    const { client } = clientOf({
      'session/set': ({ text }: { text: string }) => {
        kept = text;
        return null;
      },
      'screen/names': () => ({ hidden: false }),
      'session/get': () => kept,
    });
    expect(await loadSession(client)).toBeNull();
    await saveSession(client, { path: '/cases/one', caseId: CASE, desk });
    expect(await loadSession(client)).toEqual({ path: '/cases/one', caseId: CASE, desk });
    const long = Array.from({ length: 200 }, (_, i) => ({
      view: 'summary',
      params: { n: `${i}` },
      scope: null,
    }));
    const longDesk = { sides: [{ tabs: [{ places: long, index: 150 }], front: 0 }], focused: 0 };
    await saveSession(client, { path: '/cases/one', caseId: CASE, desk: longDesk });
    const loaded = (await loadSession(client))?.desk.sides[0]?.tabs[0];
    expect(loaded?.places[loaded.index]?.params).toEqual({ n: '150' });
    expect(loaded?.places.length).toBe(40);
    for (const bad of [
      '',
      '{',
      '{"path": 1}',
      '{"path":"/a","sides":[{"tabs":[{"links":["https://x"],"index":0}],"front":0}],"focused":0}',
    ]) {
      kept = bad;
      expect(await loadSession(client)).toBeNull();
    }
  });

  it('is taken up at the start, unless a case was asked for', async () => {
    let open: typeof info | null = null;
    let kept = '';
    const answers = {
      'screen/names': () => ({ hidden: false }),
      'session/get': () => kept,
      'session/set': () => null,
      'case/current': () => open,
      'case/open': () => (open = info),
      'notes/list': () => ({ rows: [], logLines: 0, brokenAt: null }),
    };
    const { client } = clientOf({
      ...answers,
      'session/set': ({ text }: { text: string }) => ((kept = text), null),
    });
    await saveSession(client, { path: '/cases/one', caseId: CASE, desk });
    const { workbench } = stage(EmptyState, { title: 'x' }, answers);
    await workbench.window.start();
    await waitFor(() => expect(workbench.navigation.place).toEqual(places[1]));
    workbench.navigation.back();
    expect(workbench.navigation.place).toEqual(places[0]);
    expect(workbench.window.desk.sides.map(({ tabs }) => tabs.length)).toEqual([1, 2]);
    workbench.window.desk.focus(1);
    expect(workbench.navigation.place).toEqual(places[0]);

    open = { ...info, path: '/cases/two' };
    const other = stage(EmptyState, { title: 'x' }, answers).workbench;
    await other.window.start();
    expect(other.navigation.place.view).toBe('summary');
    expect(other.case?.path).toBe('/cases/two');
  });
});
