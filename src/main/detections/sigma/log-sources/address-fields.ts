/** `coldtrail.*` fields that `address_places` tells of an address, as SQL texts. */
export function addressFields(address: string): Readonly<Record<string, string>> {
  const told = (column: string) =>
    `(SELECT CAST(any_value(a.${column}) AS VARCHAR) FROM address_places a WHERE a.address = ${address})`;
  return {
    'coldtrail.country': told('country'),
    'coldtrail.asn': told('asn'),
    'coldtrail.organization': told('organization'),
    'coldtrail.networkKind': told('network_kind'),
  };
}
