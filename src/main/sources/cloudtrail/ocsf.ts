import { asJson, OcsfRecord, present } from '../ocsf';

/**
 * A CloudTrail record of Security Lake in the spelling of the S3 export, the whole OCSF record under `ocsf`. In 1.0.0-rc.2
 * `actor.user.uid` is the principal id and `uuid` the ARN; since 1.1.0 `uid` is the ARN and `uid_alt` the principal id.
 */
export function fromOcsf(text: string): string {
  const o = OcsfRecord.parse(text);
  const { unmapped } = o;
  const ids = ['actor.user.uid', 'actor.user.uuid', 'actor.user.uid_alt'].flatMap(
    (path) => o.text(path) ?? [],
  );
  const mfa = o.text('actor.session.is_mfa', 'actor.session.mfa');
  const record = {
    ...unmapped,
    eventVersion: o.text('metadata.product.version'),
    eventID: o.text('metadata.uid'),
    eventTime: o.time('time'),
    eventType: o.text('metadata.event_code') ?? unmapped['eventType'],
    eventCategory: o.text('metadata.product.feature.name') ?? unmapped['eventCategory'],
    eventSource: o.text('api.service.name'),
    eventName: o.text('api.operation'),
    awsRegion: o.text('cloud.region'),
    sourceIPAddress: o.text('src_endpoint.ip', 'src_endpoint.domain', 'src_endpoint.svc_name'),
    userAgent: o.text('http_request.user_agent'),
    errorCode: o.text('api.response.error'),
    errorMessage: o.text('api.response.message'),
    requestID: o.text('api.request.uid', 'http_request.uid'),
    recipientAccountId: unmapped['recipientAccountId'] ?? o.account(),
    vpcEndpointId: o.text('src_endpoint.uid'),
    apiVersion: o.text('api.version'),
    userIdentity: {
      ...(unmapped['userIdentity'] as object | undefined),
      type: o.text('actor.user.type'),
      principalId: ids.find((id) => !id.startsWith('arn:')),
      arn: ids.find((id) => id.startsWith('arn:')),
      accountId: o.text('actor.user.account.uid', 'actor.user.account_uid'),
      accessKeyId: o.text('actor.user.credential_uid', 'actor.session.credential_uid'),
      userName: o.text('actor.user.name'),
      invokedBy: o.text('actor.invoked_by'),
      identityProvider: o.text('actor.idp.name'),
      sessionContext: sessionContext(o, mfa),
    },
    requestParameters: o.json('api.request.data') ?? asJson(unmapped['requestParameters']) ?? null,
    responseElements: o.json('api.response.data') ?? asJson(unmapped['responseElements']) ?? null,
    resources: resources(o.at('resources')),
  };
  return JSON.stringify({ ...present(record), ocsf: o.whole });
}

function sessionContext(o: OcsfRecord, mfa: string | undefined): object {
  const own = (o.unmapped['userIdentity'] as Record<string, unknown> | undefined)?.['sessionContext'] as
    Record<string, unknown> | undefined;
  const issuer = o.text('actor.session.issuer');
  return {
    ...own,
    sessionIssuer: {
      ...(own?.['sessionIssuer'] as object | undefined),
      arn: issuer?.startsWith('arn:') ? issuer : undefined,
    },
    attributes: {
      ...(own?.['attributes'] as object | undefined),
      creationDate: o.time('actor.session.created_time', 'actor.session.created_time_dt'),
      mfaAuthenticated: mfa,
    },
  };
}

function resources(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  return value.map((one) => {
    const resource = new OcsfRecord(
      (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>,
    );
    return present({
      ARN: resource.text('uid', 'name'),
      accountId: resource.text('account.uid', 'account_uid', 'owner.account.uid'),
      type: resource.text('type'),
    });
  });
}
