const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  6: 'TCP',
  17: 'UDP',
  47: 'GRE',
  50: 'ESP',
  58: 'ICMPv6',
};

/** Name of an IANA protocol number; unknown numbers stay numbers. */
export function protocolName(protocol: number | null): string {
  return protocol === null ? '–' : (PROTOCOLS[protocol] ?? String(protocol));
}

/** Whether an address is of a private, link-local, shared or loopback range (RFC 1918, 3927, 6598, 4193, 4291). */
export function isPrivateAddress(address: string): boolean {
  const parts = address.split('.').map(Number);
  const [a, b] = parts;
  if (parts.length !== 4 || a === undefined || b === undefined)
    return /^(f[cd]|fe[89ab]|::1$)/i.test(address);
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}
