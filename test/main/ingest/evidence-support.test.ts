import { expect, test } from 'vitest';
import { evidenceDatabase } from '../../support/evidence';

test('test evidence goes through the import', async () => {
  const record = {
    eventVersion: '1.08',
    eventTime: '2024-05-01T10:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'ListUsers',
    awsRegion: 'us-east-1',
    eventID: 'e1',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada', accountId: '111122223333' },
    recipientAccountId: '111122223333',
    tlsDetails: { tlsVersion: 'TLSv1.3' },
  };
  const database = await evidenceDatabase({
    cloudtrail: [record, record],
    flows: [
      '2 111122223333 eni-0a 10.0.0.1 203.0.113.9 22 50000 6 10 840 1714557600 1714557660 ACCEPT OK',
      '2 111122223333 eni-0a - - - - - - - 1714557660 1714557720 - NODATA',
    ],
    guardduty: [
      {
        schemaVersion: '2.0',
        id: 'f1',
        type: 'Recon:EC2/PortProbeUnprotectedPort',
        severity: 2,
        accountId: '111122223333',
        region: 'us-east-1',
        createdAt: '2024-05-01T10:05:00.123Z',
        updatedAt: '2024-05-01T10:06:00Z',
        resource: {},
        service: { count: 3 },
      },
    ],
  });
  const counts = await database.main.row(
    'SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM events_all) AS all_events, (SELECT count(*) FROM flows) AS flows, (SELECT count(*) FROM flows_all) AS all_flows, (SELECT count(*) FROM provider_findings) AS findings',
  );
  expect(counts).toEqual({ events: 1, all_events: 2, flows: 1, all_flows: 2, findings: 1 });
  expect(await database.main.row('SELECT event_time, user_identity_arn, extra FROM events')).toEqual({
    event_time: '2024-05-01T10:00:00.000000Z',
    user_identity_arn: 'arn:aws:iam::111122223333:user/ada',
    extra: '{"tlsDetails":{"tlsVersion":"TLSv1.3"}}',
  });
  expect(await database.main.row('SELECT srcaddr_int, dstport, start_time FROM flows')).toEqual({
    srcaddr_int: 167772161,
    dstport: 50000,
    start_time: '2024-05-01T10:00:00.000000Z',
  });
  expect(await database.main.row('SELECT created_at, "count" FROM provider_findings')).toEqual({
    created_at: '2024-05-01T10:05:00.123000Z',
    count: 3,
  });
  database.close();
});
