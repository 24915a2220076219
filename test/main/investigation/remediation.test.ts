import { describe, expect, it } from 'vitest';
import actions from '../../../resources/remediation/actions.json';
import { type Names, remediationSteps } from '../../../src/main/investigation/remediation';

const names: Names = {
  user: 'dev',
  role: 'web',
  accessKey: { id: 'AKIAOWNED', user: 'owner' },
  instance: 'i-0abc',
  bucket: 'robbed-bucket',
  address: '45.83.64.9',
  from: '2024-05-03T10:00:00Z',
  to: '2024-05-03T11:00:00Z',
};
const commands = (id: string, over: Partial<Names> = {}) =>
  remediationSteps(new Map([[id, { because: 'a finding', exhibits: [] }]]), { ...names, ...over })
    .flatMap((s) => s.commands)
    .join('\n');

describe('remediationSteps', () => {
  it('pairs a key with its own user, never with the user of another finding', () => {
    expect(commands('R-KEY-DEACT')).toContain('--user-name owner --access-key-id AKIAOWNED');
    expect(commands('R-KEY-DEACT', { accessKey: null })).toContain(
      '--user-name <USER> --access-key-id <AKIA>',
    );
  });

  it('never offers the robbed bucket as the place to log to', () => {
    expect(commands('R-CT-START')).toContain('<BUCKET>');
    expect(commands('R-FLOW')).not.toContain('robbed-bucket');
    expect(commands('R-S3-BPA')).toContain('robbed-bucket');
  });

  it('does not take the victim account for the one a snapshot was shared with', () => {
    expect(commands('R-SNAP-UNSHARE')).toContain('<ACCOUNT>');
  });

  it('quotes a name so that it cannot become a command', () => {
    expect(commands('R-USER-CONSOLE', { user: "x'; rm -rf ~ #" })).toContain(`'x'\\''; rm -rf ~ #'`);
  });

  it('names other actions as a reader knows them, never by id', () => {
    const every = new Map(actions.map(({ id }) => [id, { because: 'a finding', exhibits: [] }]));
    for (const { text } of remediationSteps(every, names)) expect(text).not.toMatch(/\bR-[A-Z]/);
  });
});
