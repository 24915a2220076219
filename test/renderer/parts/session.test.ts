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

describe('the session of the last run', () => {
  it('is written and read again', async () => {
    let kept: string | null = null;
    const { client } = clientOf({
      'session/set': ({ text }: { text: string }) => {
        kept = text;
        return null;
      },
      'session/get': () => kept,
    });
    expect(await loadSession(client)).toBeNull();
    await saveSession(client, { path: '/cases/one', caseId: CASE, places, index: 1 });
    expect(await loadSession(client)).toEqual({ path: '/cases/one', caseId: CASE, places, index: 1 });
    const long = Array.from({ length: 200 }, (_, i) => ({
      view: 'summary',
      params: { n: `${i}` },
      scope: null,
    }));
    await saveSession(client, { path: '/cases/one', caseId: CASE, places: long, index: 150 });
    const loaded = await loadSession(client);
    expect(loaded?.places[loaded.index]?.params).toEqual({ n: '150' });
    for (const bad of ['', '{', '{"path": 1}', '{"path":"/a","links":["https://x"],"index":0}']) {
      kept = bad;
      expect(await loadSession(client)).toBeNull();
    }
  });

  it('is taken up at the start, unless a case was asked for', async () => {
    let open: typeof info | null = null;
    let kept = '';
    const answers = {
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
    await saveSession(client, { path: '/cases/one', caseId: CASE, places, index: 1 });
    const { workbench } = stage(EmptyState, { title: 'x' }, answers);
    await workbench.start();
    await waitFor(() => expect(workbench.navigation.place).toEqual(places[1]));
    workbench.navigation.back();
    expect(workbench.navigation.place).toEqual(places[0]);

    open = { ...info, path: '/cases/two' };
    const other = stage(EmptyState, { title: 'x' }, answers).workbench;
    await other.start();
    expect(other.navigation.place.view).toBe('summary');
    expect(other.case?.path).toBe('/cases/two');
  });
});
