import { describe, expect, it } from 'vitest';
import actions from '../../../resources/remediation/actions.json';
import { type CallFact, type Facts, NO_FACTS } from '../../../src/main/investigation/remediation/facts';
import { FROM_CALLS } from '../../../src/main/investigation/remediation/from-calls';
import { remediationSteps } from '../../../src/main/investigation/remediation/steps';

const always = { first: '2024-05-03T10:00:00.000000Z', last: '2024-05-03T11:00:00.000000Z', caseId: 'inc-1' };
const call = (name: string, over: Partial<CallFact>): CallFact => ({
  findingId: 'f1',
  name,
  failed: false,
  account: '111122223333',
  region: 'us-east-1',
  request: null,
  response: null,
  ...over,
});
const entity = (type: Facts['entities'][number]['type'], id: string, role: string, findingId = 'f1') => ({
  findingId,
  type,
  id,
  role,
});
function steps(id: string, facts: Partial<Facts> = {}) {
  const wanted = new Map([[id, { because: 'a finding', exhibits: [], calling: new Set(['f1']) }]]);
  return remediationSteps(wanted, { ...NO_FACTS, ...facts }, always);
}
const commands = (id: string, facts: Partial<Facts> = {}) =>
  steps(id, facts)
    .flatMap((s) => s.commands)
    .join('\n');

describe('remediationSteps', () => {
  it('pairs a key with its own user, and leaves out one whose user is unknown', () => {
    const entities = [
      entity('accessKey', 'AKIAOWNED', 'credential'),
      entity('accessKey', 'AKIALOST', 'target'),
    ];
    const filled = commands('R-KEY-DEACT', { entities, keyOwners: new Map([['AKIAOWNED', 'owner']]) });
    expect(filled).toBe(
      'aws iam update-access-key --user-name owner --access-key-id AKIAOWNED --status Inactive',
    );
    expect(commands('R-KEY-DEACT', { entities })).toContain('--user-name <USER> --access-key-id <AKIA>');
  });

  it('takes the trail from the call that stopped it, and offers nothing that undoes what was not done', () => {
    const filled = commands('R-CT-START', { calls: [call('StopLogging', { request: { name: 'main' } })] });
    expect(filled).toBe('aws cloudtrail start-logging --name main');
    expect(commands('R-CT-START')).toContain('--name <TRAIL> --s3-bucket-name <BUCKET>');
  });

  it('never offers the robbed bucket as the place to log to', () => {
    const calls = [call('GetObject', { request: { bucketName: 'robbed' } })];
    expect(commands('R-CT-START', { calls })).toContain('<BUCKET>');
    expect(commands('R-FLOW', { calls })).not.toContain('robbed');
    expect(commands('R-S3-BPA', { calls })).toContain('--bucket robbed');
    expect(commands('R-S3-BPA', { calls })).toContain('--account-id 111122223333');
  });

  it('names the account that a snapshot was shared with, not the one it belongs to', () => {
    const request = {
      snapshotId: 'snap-1',
      createVolumePermission: { add: { items: [{ userId: '999988887777' }, { userId: '444455556666' }] } },
    };
    const filled = commands('R-SNAP-UNSHARE', { calls: [call('ModifySnapshotAttribute', { request })] });
    expect(filled).toContain(
      '--snapshot-id snap-1 --attribute createVolumePermission --operation-type remove --user-ids 999988887777',
    );
    expect(filled).toContain('--user-ids 444455556666');
    expect(filled).not.toContain('111122223333');
  });

  it('never deletes a user who merely acted', () => {
    const entities = [entity('user', 'arn:aws:iam::111122223333:user/victim', 'actor')];
    const made = [
      call('CreateUser', { request: { userName: 'backdoor' } }),
      call('CreateUser', { request: { userName: 'denied' }, failed: true }),
      call('AttachUserPolicy', { request: { userName: 'victim', policyArn: 'arn:x' } }),
    ];
    const filled = commands('R-USER-DEL', { entities, calls: made });
    expect(filled).toContain('aws iam delete-user --user-name backdoor');
    expect(filled).not.toContain('victim');
    expect(filled).not.toContain('denied');
    expect(filled).not.toContain('<');
    expect(commands('R-USER-DEL', { entities })).toContain('delete-user --user-name <USER>');
  });

  it('deletes the key that was made, not the one that was stolen', () => {
    const entities = [entity('accessKey', 'AKIASTOLEN', 'credential')];
    const keyOwners = new Map([['AKIASTOLEN', 'victim']]);
    const response = { accessKey: { userName: 'backdoor', accessKeyId: 'AKIAMADE' } };
    const calls = [call('CreateAccessKey', { response })];
    expect(commands('R-KEY-DEL', { entities, keyOwners, calls })).toBe(
      'aws iam delete-access-key --user-name backdoor --access-key-id AKIAMADE',
    );
    expect(commands('R-KEY-DEL', { entities, keyOwners })).toContain('AKIASTOLEN');
  });

  it('does nothing to users where root alone acted', () => {
    const entities = [entity('user', 'arn:aws:iam::111122223333:root', 'actor')];
    expect(steps('R-USER-DENY', { entities })).toEqual([]);
    expect(commands('R-ROOT', { entities })).not.toBe('');
  });

  it('switches no key off where a role alone acted, and ends no sessions of roles where a user did', () => {
    const role = [entity('role', 'arn:aws:iam::111122223333:role/web', 'actor')];
    expect(steps('R-KEY-DEACT', { entities: role })).toEqual([]);
    expect(steps('R-USER-SESS', { entities: role })).toEqual([]);
    expect(commands('R-ROLE-REVOKE', { entities: role })).toContain('--role-name web');
    const user = [entity('user', 'arn:aws:iam::111122223333:user/eve', 'actor')];
    expect(steps('R-ROLE-REVOKE', { entities: user })).toEqual([]);
    expect(steps('R-KEY-DEACT', { entities: user })).toHaveLength(1);
    expect(steps('R-KEY-DEACT', {})).toHaveLength(1);
  });

  it('writes a command for each thing, and says how many it leaves out', () => {
    const calls = Array.from({ length: 8 }, (_, i) =>
      call('GetSecretValue', { request: { secretId: `secret-${i}` } }),
    );
    const [step] = steps('R-SECRET-ROT', { calls });
    expect(step?.commands.filter((c) => c.includes('rotate-secret'))).toHaveLength(5);
    expect(step?.text).toContain('6 more commands of the same form are left out.');
  });

  it('blocks an IPv6 address as one', () => {
    const entities = [entity('address', '2001:db8::7', 'address')];
    expect(commands('R-IP-BLOCK', { entities })).toContain('--ipv6-cidr-block 2001:db8::7/128');
  });

  it('quotes a name so that it cannot become a command', () => {
    const calls = [call('CreateLoginProfile', { request: { userName: "x'; rm -rf ~ #" } })];
    expect(commands('R-USER-CONSOLE', { calls })).toContain(`'x'\\''; rm -rf ~ #'`);
  });

  it('says which placeholders are to be filled in', () => {
    const [step] = steps('R-EC2-ISO', { entities: [entity('instance', 'i-0abc', 'target')] });
    expect(step?.commands.join('\n')).toContain('--instance-id i-0abc --groups <SG>');
    expect(step?.text).toContain('To be filled in, the logs do not tell: <VPC>');
    expect(
      steps('R-EC2-STOP', { entities: [entity('instance', 'i-0abc', 'target')] })[0]?.text,
    ).not.toContain('To be filled in');
  });

  it('names other actions as a reader knows them, never by id', () => {
    const every = new Map(
      actions.map(({ id }) => [id, { because: 'a finding', exhibits: [], calling: new Set<string>() }]),
    );
    for (const { text } of remediationSteps(every, NO_FACTS, always)) expect(text).not.toMatch(/\bR-[A-Z]/);
  });

  it('fills placeholders that its commands have', () => {
    for (const [id, rules] of Object.entries(FROM_CALLS)) {
      const cli = actions.find((a) => a.id === id)?.cli ?? [];
      for (const { values, only } of rules) {
        const own = cli.filter((c) => only === undefined || c.includes(only)).join('\n');
        expect([id, own]).not.toEqual([id, '']);
        const names = own.includes('<') ? Object.keys(values) : [];
        for (const name of names) expect([id, own]).toEqual([id, expect.stringContaining(`<${name}>`)]);
      }
    }
  });
});
