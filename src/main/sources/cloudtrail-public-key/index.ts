import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'cloudtrail-public-key',
  title: 'CloudTrail public keys',
  formats: ['Answers of `aws cloudtrail list-public-keys`: the keys that digest files are signed with'],
  table: 'cloudtrail_public_keys',
  shapes: ['cloudtrail-public-key'],
  mapSql: () => mapSql,
  timeColumn: 'validity_start_time',
  idColumn: 'fingerprint',
});
