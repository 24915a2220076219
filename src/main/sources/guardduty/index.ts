import { defineSource } from '../source';
import mapSql from './map.sql?raw';

/** `Service.EventFirstSeen` of the API's answers as `service.eventFirstSeen` of the S3 export, at every level. */
function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      lowerKeys(inner),
    ]),
  );
}

export default defineSource({
  id: 'guardduty',
  title: 'Amazon GuardDuty',
  formats: ['S3 export (JSON lines), GetFindings answers, EventBridge events, single findings'],
  table: 'provider_findings',
  shapes: ['guardduty', 'guardduty-api'],
  mapSql: () => mapSql,
  normalise: (shape, text) =>
    shape === 'guardduty-api' ? JSON.stringify(lowerKeys(JSON.parse(text))) : text,
  timeColumn: 'updated_at',
  idColumn: 'finding_id',
});
