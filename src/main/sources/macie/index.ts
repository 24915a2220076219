import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'macie',
  title: 'Amazon Macie',
  formats: ['EventBridge events (Macie Finding), answers of `aws macie2 get-findings`, single findings'],
  table: 'provider_findings',
  shapes: ['macie'],
  mapSql: () => mapSql,
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
