import type { Random } from '../random/random';

/** The characters of the request ids of S3. */
export const S3_REQUEST_ID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `additionalEventData` of an S3 record, as JSON text. */
export function s3Details(random: Random, bytes: { bytesIn: number; bytesOut: number }): string {
  return (
    '{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",' +
    `"bytesTransferredIn":${bytes.bytesIn},"AuthenticationMethod":"AuthHeader",` +
    `"x-amz-id-2":"${random.token(75)}=","bytesTransferredOut":${bytes.bytesOut}}`
  );
}

/** `resources` of an object-level record, as JSON text. */
export function s3Resources(account: string, bucket: string, key: string): string {
  return (
    `[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${key}"},` +
    `{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]`
  );
}

/** `requestParameters` of a bucket or object call, as JSON text. */
export function s3Request(bucket: string, region: string, key?: string): string {
  const host = `"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com"`;
  return key === undefined ? `{${host}}` : `{${host},"key":"${key}"}`;
}
