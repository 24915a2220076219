import { defineSource } from '../source';
import { fromOcsf } from './ocsf';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'security-hub',
  title: 'AWS Security Hub',
  formats: [
    'Findings in ASFF of every product (Security Hub controls, GuardDuty, Inspector, Macie, IAM Access Analyzer, ...)',
    'GetFindings answers, EventBridge events (imported findings, custom actions, insight results), JSON lines, lists, single findings',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
  ],
  table: 'provider_findings',
  shapes: ['asff', 'ocsf-finding'],
  mapSql: () => mapSql,
  normalise: (shape, text) => (shape === 'ocsf-finding' ? fromOcsf(text) : text),
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
