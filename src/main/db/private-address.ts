/** SQL test that an address is one of a private, local or carrier network. */
export function isPrivateSql(address: string): string {
  return `regexp_matches(${address}, '^(10\\.|127\\.|169\\.254\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|f[cd]|fe80|::1$)')`;
}
