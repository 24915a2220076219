import type { LineFormat } from '../evidence/originals/line-format';
import type { Delivery } from '../evidence/originals/delivery';

/** One kind of log: how its rows come to be. Sources are values; the index lists them. */
export interface Source {
  /** As written in files.source and in the manifest. */
  readonly id: string;
  readonly title: string;
  /** Deliveries that are read, in plain words: docs/formats.md is made of these. */
  readonly formats: readonly string[];
  /** The evidence table it fills. */
  readonly table:
    | 'events'
    | 'flows'
    | 'provider_findings'
    | 'k8s_audit'
    | 'dns_queries'
    | 's3_access'
    | 'elb_access'
    | 'waf_requests'
    | 'cloudfront_access'
    | 'cloudtrail_digests'
    | 'cloudtrail_public_keys'
    | 'ec2_instances'
    | 'network_interfaces'
    | 'iam_principals'
    | 'iam_policies'
    | 'iam_credential_report'
    | 'config_items'
    | 'aws_ip_ranges'
    | 'mapped_events';
  /** Ids of the shapes (evidence/originals/shapes.ts) that are records of this source. */
  readonly shapes: readonly string[];
  /**
   * SELECT over `raw` that gives every column of the table but `duplicate`. Without `fields` the records are JSON
   * objects: `raw` is (file_id, record_no, r JSON). With `fields` they are lines: (file_id, record_no,
   * account_of_path, region_of_path and a text column for each of the fields, named like it).
   */
  mapSql(fields: readonly string[]): string;
  /**
   * JSON text of a record as `mapSql` expects it: of a shape in another spelling, or with what only its delivery told.
   * Absent when every shape is read as it is.
   */
  readonly normalise?: (shape: string, text: string, delivery: Delivery | null) => string;
  /** For records that are lines but can come as JSON objects of `shapes`: the line's format, and the texts of one record. */
  readonly document?: {
    readonly format: LineFormat;
    read(shape: string, record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  };
  /** Column that must hold a time for a row to be evidence; null for context: descriptions, which are no events. */
  readonly timeColumn: string | null;
  /** Column that names a record, for de-duplication together with the content; null for sources without ids. */
  readonly idColumn: string | null;
  /**
   * Columns in which two deliveries of one record agree wherever both have them, of a source whose ids name one record
   * only; what is JSON is compared by its values. Absent for sources in which one id stands for several records.
   */
  readonly agreeing?: { readonly plain: readonly string[]; readonly json: readonly string[] };
  /** Whether digest files name its files by the hash of their decompressed bytes, which the import then takes. */
  readonly digested?: true;
}

export function defineSource(source: Source): Source {
  return source;
}
