import { defineSource } from '../source';
import { mapFlowSql } from '../flow-columns';

export default defineSource({
  id: 'vpc-flow',
  title: 'VPC flow logs',
  formats: [
    'S3 delivery as text (plain or gzip), any field order with a header line, and the default format without one',
    'CloudWatch Logs: exports to S3 and subscription messages',
  ],
  table: 'flows',
  shapes: [],
  mapSql: mapFlowSql,
  timeColumn: 'start_time',
  idColumn: null,
});
