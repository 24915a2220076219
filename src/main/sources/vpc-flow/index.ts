import { defineSource } from '../source';
import { mapFlowSql } from './map-sql';

export default defineSource({
  id: 'vpc-flow',
  title: 'VPC flow logs',
  table: 'flows',
  kind: 'lines',
  shapes: [],
  mapSql: mapFlowSql,
  timeColumn: 'start_time',
  idColumn: null,
});
