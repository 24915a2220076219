/**
 * SQL test that an error code says "you may not": services spell it AccessDenied, AccessDeniedException,
 * Client.UnauthorizedOperation, AuthorizationError (SNS), NotAuthorized (IoT, S3 Control) and Forbidden.
 */
export function isRefusedSql(errorCode: string): string {
  return `regexp_matches(${errorCode}, '(?i)AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden')`;
}
