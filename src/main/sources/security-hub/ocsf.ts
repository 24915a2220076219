import { OcsfRecord, present } from '../ocsf';

/** A finding of Security Lake in the spelling of ASFF, the whole OCSF record under `ocsf`. */
export function fromOcsf(text: string): string {
  const o = OcsfRecord.parse(text);
  const { unmapped } = o;
  const of = (name: string) => [`finding_info.${name}`, `finding.${name}`];
  const time = (name: string) => o.time(...of(name), ...of(`${name}_dt`));
  const resources = o.at('resources', 'resource');
  const status = o.text('status');
  const record = {
    ...unmapped,
    SchemaVersion: o.text('metadata.log_version') ?? '2018-10-08',
    Id: o.text(...of('uid'), 'metadata.uid'),
    ProductArn: o.text('metadata.product.uid'),
    ProductName: o.text('metadata.product.name'),
    GeneratorId: o.text('metadata.product.feature.uid') ?? unmapped['GeneratorId'],
    AwsAccountId: o.account() ?? unmapped['AwsAccountId'],
    Region: o.text('cloud.region'),
    Types: o.at(...of('types')),
    Title: o.text(...of('title')),
    Description: o.text(...of('desc')),
    CreatedAt: time('created_time'),
    UpdatedAt: time('modified_time') ?? o.time('time'),
    FirstObservedAt: time('first_seen_time'),
    LastObservedAt: time('last_seen_time'),
    Severity: { ...(unmapped['Severity'] as object | undefined), Label: o.text('severity')?.toUpperCase() },
    Compliance: { Status: compliance(o.text('compliance.status')) },
    Workflow: { Status: status === undefined ? undefined : status.toUpperCase() },
    Resources: Array.isArray(resources) ? resources.map(resource) : undefined,
  };
  return JSON.stringify({ ...present(record), ocsf: o.whole });
}

function compliance(status: string | undefined): string | undefined {
  if (status === undefined) return undefined;
  return /^pass/i.test(status) ? 'PASSED' : /^fail/i.test(status) ? 'FAILED' : status.toUpperCase();
}

function resource(value: unknown): unknown {
  const o = new OcsfRecord(
    (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>,
  );
  return present({
    Type: o.text('type'),
    Id: o.text('uid', 'name'),
    Region: o.text('region'),
    Partition: o.text('cloud_partition'),
    Details: o.json('data', 'details'),
  });
}
