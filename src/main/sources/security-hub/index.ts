import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'security-hub',
  title: 'AWS Security Hub',
  formats: [
    'Findings in ASFF of every product (Security Hub controls, GuardDuty, Inspector, Macie, IAM Access Analyzer, ...)',
    'GetFindings answers, EventBridge events (imported findings, custom actions, insight results), JSON lines, lists, single findings',
  ],
  table: 'provider_findings',
  shapes: ['asff'],
  mapSql: () => mapSql,
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
