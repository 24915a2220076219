import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'guardduty',
  title: 'Amazon GuardDuty',
  table: 'provider_findings',
  mapSql,
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
