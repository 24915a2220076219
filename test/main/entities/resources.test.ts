import { expect, test } from 'vitest';
import { locateAddresses } from '../../../src/main/baselines/geography';
import { buildEntities } from '../../../src/main/entities';
import { evidenceDatabase } from '../../support/evidence';
import { record } from './record';

const EMPTY = { baselineDays: 14, progress: () => undefined };
const WEB = 'i-0a1b2c3d4e5f60718';
const LATE = 'i-0bbbbbbbbbbbbbbbb';

/** Ten minutes of 1 May 2024, 10:00 to 10:10 UTC. */
const flow = (eni: string, from: string, to: string) =>
  `2 111122223333 ${eni} ${from} ${to} 40000 443 6 10 1000 1714557600 1714558200 ACCEPT OK`;
const instance = (id: string, address: string, launched: string, tags: unknown) => ({
  InstanceId: id,
  ImageId: 'ami-1',
  LaunchTime: launched,
  PrivateIpAddress: address,
  Tags: tags,
});

test('descriptions name instances and their addresses, from when they had them', async () => {
  const database = await evidenceDatabase({
    cloudtrail: [record({ sourceIPAddress: '198.51.100.14' })],
    flows: [
      flow('eni-01', '10.20.0.14', '203.0.113.9'),
      flow('eni-02', '10.20.0.15', '203.0.113.9'),
      flow('eni-03', '10.20.0.16', '203.0.113.9'),
    ],
    descriptions: [
      {
        Reservations: [
          {
            OwnerId: '111122223333',
            Instances: [
              instance(WEB, '10.20.0.14', '2024-04-01T00:00:00Z', [
                { Key: 'Name', Value: 'web-1' },
                { Key: 'data-classification', Value: 'Restricted' },
                { Key: '"$[', Value: { odd: 1 } },
              ]),
              instance(LATE, '10.20.0.15', '2024-05-02T00:00:00Z', 'none'),
            ],
          },
        ],
      },
      {
        NetworkInterfaces: [
          {
            NetworkInterfaceId: 'eni-03',
            OwnerId: '111122223333',
            Description: 'Interface for NAT Gateway nat-1',
            PrivateIpAddress: '10.20.0.16',
          },
        ],
      },
      {
        syncToken: '1',
        createDate: '2024-04-25-01-02-03',
        prefixes: [
          { ip_prefix: '203.0.0.0/8', region: 'GLOBAL', service: 'S3' },
          { ip_prefix: '198.51.100.0/24', region: 'eu-west-1', service: 'AMAZON' },
          { ip_prefix: '198.51.100.0/24', region: 'eu-west-1', service: 'EC2' },
          { ip_prefix: '198.51.0.0/16', region: 'us-east-1', service: 'S3' },
          { ip_prefix: '198.51.100.0/999', region: 'x', service: 'S3' },
        ],
        ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/32', region: 'GLOBAL', service: 'CLOUDFRONT' }],
      },
    ],
  });
  const { main } = database;
  await buildEntities({ connection: main, ...EMPTY });
  expect(
    await main.rows(
      'SELECT entity_id, name, classification, tags IS NOT NULL AS tagged, source FROM resources ORDER BY entity_id',
    ),
  ).toEqual([
    {
      entity_id: 'eni-03',
      name: 'Interface for NAT Gateway nat-1',
      classification: null,
      tagged: false,
      source: 'network-interface',
    },
    { entity_id: WEB, name: 'web-1', classification: 'Restricted', tagged: true, source: 'ec2-instance' },
    { entity_id: LATE, name: null, classification: null, tagged: false, source: 'ec2-instance' },
  ]);
  // The second instance was launched a day after the traffic of its address.
  expect(
    await main.rows('SELECT interface_id, instance_id FROM flow_activity ORDER BY interface_id'),
  ).toEqual([
    { interface_id: 'eni-01', instance_id: WEB },
    { interface_id: 'eni-02', instance_id: null },
    { interface_id: 'eni-03', instance_id: null },
  ]);
  expect(
    await main.rows(
      `SELECT entity_id, label FROM entities WHERE entity_id IN ($web, '198.51.100.14') ORDER BY 1`,
      { web: WEB },
    ),
  ).toEqual([
    { entity_id: '198.51.100.14', label: '198.51.100.14' },
    { entity_id: WEB, label: `web-1 (${WEB})` },
  ]);
  await locateAddresses(main);
  expect(
    await main.rows(
      'SELECT address, network_kind, aws_service, aws_service_region FROM address_places ORDER BY address',
    ),
  ).toEqual([
    { address: '198.51.100.14', network_kind: 'aws', aws_service: 'EC2', aws_service_region: 'eu-west-1' },
    { address: '203.0.113.9', network_kind: 'aws', aws_service: 'S3', aws_service_region: 'GLOBAL' },
  ]);
  database.close();
});
