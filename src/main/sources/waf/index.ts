import { defineSource } from '../source';
import { fromOcsf } from './ocsf';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'waf',
  title: 'AWS WAF logs',
  formats: [
    'JSON lines of S3, Firehose and CloudWatch Logs (exports and subscription messages)',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
  ],
  table: 'waf_requests',
  shapes: ['waf', 'ocsf-waf'],
  mapSql: () => mapSql,
  normalise: (shape, text) => (shape === 'ocsf-waf' ? fromOcsf(text) : text),
  timeColumn: 'event_time',
  idColumn: null,
});
