import { defineSource } from '../source';
import { fromOcsf } from './ocsf';
import { fromRow } from './row';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  formats: [
    'S3 exports of trails and organization trails ({"Records": [...]}, gzip or plain), arrays, JSON lines, single records',
    'Athena and CloudTrail Lake results and the event history as CSV, JSON or Parquet',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
    'LookupEvents answers (the record as text in the answer), EventBridge events, CloudWatch Logs subscription messages',
  ],
  table: 'events',
  shapes: ['cloudtrail', 'cloudtrail-row', 'ocsf-cloudtrail'],
  mapSql: () => mapSql,
  normalise: (shape, text) =>
    shape === 'ocsf-cloudtrail' ? fromOcsf(text) : shape === 'cloudtrail-row' ? fromRow(text) : text,
  timeColumn: 'event_time',
  idColumn: 'event_id',
  agreeing: {
    plain: [
      'event_source',
      'event_name',
      'aws_region',
      'source_ip_address',
      'user_agent',
      'error_code',
      'request_id',
      'recipient_account_id',
      'user_identity_type',
      'user_identity_principal_id',
      'user_identity_arn',
      'user_identity_account_id',
      'user_identity_access_key_id',
    ],
    json: ['request_parameters', 'response_elements'],
  },
  digested: true,
});
