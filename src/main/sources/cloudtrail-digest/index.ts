import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'cloudtrail-digest',
  title: 'CloudTrail digest files',
  formats: [
    'Digest files of log file validation (gzip or plain JSON): what log files were delivered in an hour, with their hashes',
  ],
  table: 'cloudtrail_digests',
  shapes: ['cloudtrail-digest'],
  mapSql: () => mapSql,
  timeColumn: 'digest_end_time',
  idColumn: 'digest_s3_object',
  digested: true,
});
