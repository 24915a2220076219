import { OcsfRecord, present } from '../ocsf';

/** An EKS audit event of Security Lake in the spelling of the audit log, the whole OCSF record under `ocsf`. */
export function fromOcsf(text: string): string {
  const o = OcsfRecord.parse(text);
  const { unmapped } = o;
  const resource = (path: string) => o.text(`resources.0.${path}`, `resources.0.data.${path}`);
  const groups = o.at('actor.user.groups');
  const arn = o.text('cloud.account.uid', 'actor.session.issuer');
  const user = unmapped['user'] as Record<string, unknown> | undefined;
  const record = {
    kind: 'Event',
    ...unmapped,
    apiVersion: o.text('metadata.product.version'),
    auditID: o.text('api.request.uid', 'metadata.uid'),
    level: o.text('metadata.log_level') ?? unmapped['level'],
    stage: o.text('message') ?? unmapped['stage'],
    verb: o.text('api.operation'),
    requestURI: o.text('http_request.url.path', 'http_request.url.url_string'),
    userAgent: o.text('http_request.user_agent'),
    requestReceivedTimestamp: o.time('start_time', 'start_time_dt', 'time'),
    stageTimestamp: o.time('time'),
    sourceIPs:
      unmapped['sourceIPs'] ??
      (o.text('src_endpoint.ip') === undefined ? undefined : [o.text('src_endpoint.ip')]),
    user: {
      ...user,
      username: o.text('actor.user.name'),
      uid: o.text('actor.user.uid'),
      groups: Array.isArray(groups) ? groups.flatMap(groupName) : undefined,
      extra: {
        ...(user?.['extra'] as object | undefined),
        arn: arn?.startsWith('arn:') ? [arn] : undefined,
        accessKeyId: listOf(o.text('actor.session.credential_uid', 'actor.user.credential_uid')),
        sessionName: listOf(o.text('actor.session.uid')),
      },
    },
    objectRef: {
      ...(unmapped['objectRef'] as object | undefined),
      resource: resource('type'),
      name: resource('name'),
      namespace: resource('namespace'),
      apiVersion: o.text('api.version'),
    },
    responseStatus: {
      ...(unmapped['responseStatus'] as object | undefined),
      code: o.at('api.response.code'),
      reason: o.text('api.response.error'),
      message: o.text('api.response.message'),
    },
    '@log': {
      owner: o.account(),
      region: o.text('cloud.region'),
      cluster: o.text('metadata.product.feature.uid'),
    },
  };
  return JSON.stringify({ ...present(record), ocsf: o.whole });
}

function groupName(group: unknown): string[] {
  if (typeof group === 'string') return [group];
  const name =
    typeof group === 'object' && group !== null ? (group as Record<string, unknown>)['name'] : null;
  return typeof name === 'string' ? [name] : [];
}

function listOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text];
}
