import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'inspector',
  title: 'Amazon Inspector',
  formats: [
    'EventBridge events (Inspector2 Finding), answers of `aws inspector2 list-findings`, single findings',
  ],
  table: 'provider_findings',
  shapes: ['inspector'],
  mapSql: () => mapSql,
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
