import { defineSource } from '../source';
import { mapFlowSql } from '../flow-columns';

export default defineSource({
  id: 'tgw-flow',
  title: 'Transit Gateway flow logs',
  formats: [
    'S3 delivery as text (plain or gzip), any field order with a header line, and the default format without one',
  ],
  table: 'flows',
  shapes: [],
  mapSql: mapFlowSql,
  timeColumn: 'start_time',
  idColumn: null,
});
