import { isoOf } from '../world/calendar';
import type { Api } from './api';

/** Everything a CloudTrail record says; texts are JSON already where the name ends in `Json`. */
interface RecordParts {
  readonly api: Api;
  readonly time: number;
  readonly region: string;
  /** The account whose trail delivers it. */
  readonly recipient: string;
  readonly identityJson: string;
  readonly address: string;
  readonly agent: string;
  readonly requestJson: string | null;
  readonly responseJson: string | null;
  readonly error?: CallError | null;
  readonly extraJson?: string | null;
  readonly resourcesJson?: string | null;
  readonly requestId: string;
  readonly eventId: string;
  readonly sharedEventId?: string | null;
  readonly endpointId?: string | null;
  /** The host of the TLS connection; services inside AWS have none. */
  readonly tlsHost?: string | null;
  readonly type?: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent';
  readonly fromConsole?: boolean;
}

export interface CallError {
  /** Empty where the service gives a message only, as a failed console sign-in does. */
  readonly code: string;
  readonly message: string;
}

const MODERN_TLS = '"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256"';

/**
 * The JSON text of one record in the field order AWS writes. Concatenated, not stringified: the composer makes tens
 * of millions of them. Callers pass texts that need no escaping, or escape them.
 * Source: CloudTrail record contents, docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function cloudtrailRecord(parts: RecordParts): string {
  const { api, error } = parts;
  const type = parts.type ?? 'AwsApiCall';
  let text =
    `{"eventVersion":"${api.version}","userIdentity":${parts.identityJson},"eventTime":"${isoOf(parts.time)}",` +
    `"eventSource":"${api.source}","eventName":"${api.name}","awsRegion":"${parts.region}",` +
    `"sourceIPAddress":"${parts.address}","userAgent":"${parts.agent}",`;
  if (error?.code) text += `"errorCode":"${error.code}",`;
  if (error) text += `"errorMessage":${JSON.stringify(error.message)},`;
  text += `"requestParameters":${parts.requestJson ?? 'null'},"responseElements":${parts.responseJson ?? 'null'},`;
  if (parts.extraJson) text += `"additionalEventData":${parts.extraJson},`;
  if (type === 'AwsApiCall') text += `"requestID":"${parts.requestId}",`;
  text += `"eventID":"${parts.eventId}","readOnly":${api.readOnly},`;
  if (parts.resourcesJson) text += `"resources":${parts.resourcesJson},`;
  text += `"eventType":"${type}","managementEvent":${!api.isData},"recipientAccountId":"${parts.recipient}",`;
  if (parts.sharedEventId) text += `"sharedEventID":"${parts.sharedEventId}",`;
  if (parts.endpointId) text += `"vpcEndpointId":"${parts.endpointId}",`;
  text += `"eventCategory":"${api.isData ? 'Data' : 'Management'}"`;
  if (parts.tlsHost) text += `,"tlsDetails":{${MODERN_TLS},"clientProvidedHostHeader":"${parts.tlsHost}"}`;
  if (parts.fromConsole) text += ',"sessionCredentialFromConsole":"true"';
  return `${text}}`;
}

/** The refusal AWS answers with, in the service's own words. */
export function denial(api: Api, caller: string, resource: string): CallError {
  if (api.service === 'ec2') {
    return {
      code: 'Client.UnauthorizedOperation',
      message: `You are not authorized to perform this operation. User: ${caller} is not authorized to perform: ec2:${api.name} on resource: ${resource} because no identity-based policy allows the ec2:${api.name} action`,
    };
  }
  if (api.service === 's3') {
    return {
      code: 'AccessDenied',
      message: `User: ${caller} is not authorized to perform: s3:${api.name} on resource: "${resource}" because no identity-based policy allows the s3:${api.name} action`,
    };
  }
  return {
    code:
      api.service === 'kms' || api.service === 'iam' || api.service === 'sts'
        ? 'AccessDenied'
        : 'AccessDeniedException',
    message: `User: ${caller} is not authorized to perform: ${api.service}:${api.name} on resource: ${resource} because no identity-based policy allows the ${api.service}:${api.name} action`,
  };
}
