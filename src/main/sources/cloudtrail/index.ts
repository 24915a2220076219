import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  formats: [
    'S3 exports of trails and organization trails ({"Records": [...]}, gzip or plain), arrays, JSON lines, single records',
    'LookupEvents answers (the record as text in the answer), EventBridge events, CloudWatch Logs subscription messages',
  ],
  table: 'events',
  shapes: ['cloudtrail'],
  mapSql: () => mapSql,
  timeColumn: 'event_time',
  idColumn: 'event_id',
});
