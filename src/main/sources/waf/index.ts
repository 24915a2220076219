import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'waf',
  title: 'AWS WAF logs',
  formats: ['JSON lines of S3, Firehose and CloudWatch Logs (exports and subscription messages)'],
  table: 'waf_requests',
  shapes: ['waf'],
  mapSql: () => mapSql,
  timeColumn: 'event_time',
  idColumn: null,
});
