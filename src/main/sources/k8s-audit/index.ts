import { defineSource } from '../source';
import { fromOcsf } from './ocsf';
import { withDelivery } from '../with-delivery';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'k8s-audit',
  title: 'EKS audit logs',
  formats: [
    'CloudWatch Logs exports to S3 (each line behind its time) and subscription messages',
    'Kubernetes audit events as JSON lines, lists, EventList or single objects, of every level',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
  ],
  table: 'k8s_audit',
  shapes: ['k8s-audit', 'ocsf-k8s'],
  mapSql: () => mapSql,
  normalise: (shape, text, delivery) =>
    shape === 'ocsf-k8s' ? fromOcsf(text) : delivery ? withDelivery(text, delivery) : text,
  timeColumn: 'event_time',
  idColumn: 'audit_id',
});
