import { defineSource } from '../source';
import { flow } from '../../evidence/originals/line-format';
import { mapFlowSql } from '../flow-columns';
import { DOCUMENT_FIELDS, fromDocument, fromOcsf } from './document';

export default defineSource({
  id: 'vpc-flow',
  title: 'VPC flow logs',
  formats: [
    'S3 delivery as text (plain or gzip), any field order with a header line, and the default format without one',
    'CloudWatch Logs: exports to S3 and subscription messages',
    'Parquet with or without Hive partitions, tables (CSV) and documents (JSON), as Athena and search engines give them out',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
  ],
  table: 'flows',
  shapes: ['flow-document', 'ocsf-flow'],
  mapSql: mapFlowSql,
  document: {
    format: { ...flow(DOCUMENT_FIELDS), cut: 'tabs', least: 0 },
    read: (shape, record) => (shape === 'ocsf-flow' ? fromOcsf(record) : fromDocument(record)),
  },
  timeColumn: 'start_time',
  idColumn: null,
});
