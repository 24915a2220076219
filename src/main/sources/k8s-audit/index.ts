import { defineSource } from '../source';
import { withDelivery } from '../with-delivery';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'k8s-audit',
  title: 'EKS audit logs',
  formats: [
    'CloudWatch Logs exports to S3 (each line behind its time) and subscription messages',
    'Kubernetes audit events as JSON lines, lists, EventList or single objects, of every level',
  ],
  table: 'k8s_audit',
  shapes: ['k8s-audit'],
  mapSql: () => mapSql,
  normalise: (_shape, text, delivery) => (delivery ? withDelivery(text, delivery) : text),
  timeColumn: 'event_time',
  idColumn: 'audit_id',
});
