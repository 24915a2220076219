import { defineSource } from '../source';
import mapSql from './map.sql?raw';

export default defineSource({
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  table: 'events',
  kind: 'json',
  shapes: ['cloudtrail'],
  mapSql: () => mapSql,
  timeColumn: 'event_time',
  idColumn: 'event_id',
});
