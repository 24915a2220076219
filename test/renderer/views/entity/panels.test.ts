import { describe, expect, it } from 'vitest';
import { BREAKDOWNS } from '../../../../src/shared/contract/breakdown';
import { ENTITY_TYPES } from '../../../../src/shared/model/entity';
import { activityPanels, tabsOf } from '../../../../src/renderer/views/entity/parts/panels';
import type { Profile } from '../../../../src/renderer/views/entity/parts/profile';

const profile = (type: string, more: Partial<Profile> = {}): Profile =>
  ({ entity: { type }, peers: [], ...more }) as unknown as Profile;

describe('The tabs of a profile', () => {
  it('leave out what a kind cannot have, and keep what there is to see', () => {
    expect(tabsOf(profile('bucket'), 0)).toEqual(['overview', 'activity', 'findings', 'records', 'notes']);
    expect(tabsOf(profile('bucket'), 1)).toContain('new');
    expect(tabsOf(profile('role'), 0)).toEqual(expect.arrayContaining(['new', 'resources', 'lineage']));
    expect(tabsOf(profile('instance'), 0)).toEqual(expect.arrayContaining(['network', 'lineage']));
    expect(tabsOf(profile('role', { peers: [{}] as never }), 0)).toContain('network');
    for (const type of ENTITY_TYPES) expect(tabsOf(profile(type), 0)[0]).toBe('overview');
  });

  it('break other logs down by fields that these have', () => {
    for (const type of ENTITY_TYPES)
      for (const { log, first } of activityPanels(type)) expect(BREAKDOWNS[log]).toContain(first);
    expect(activityPanels('cluster').length).toBeGreaterThan(3);
    expect(activityPanels('role')).toEqual([]);
  });
});
