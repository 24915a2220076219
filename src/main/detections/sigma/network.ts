/** First and last address of a CIDR block as 32 (IPv6) or 8 (IPv4) hex digits; null when it is none. */
export function networkRange(cidr: string): { readonly low: string; readonly high: string } | null {
  const [address = '', length, ...more] = cidr.trim().split('/');
  if (more.length > 0) return null;
  const digits = hexAddress(address);
  if (digits === null) return null;
  const bits = digits.length * 4;
  const prefix = length === undefined ? bits : Number(length);
  if (!/^\d*$/.test(length ?? '') || length === '' || prefix > bits) return null;
  const value = BigInt(`0x${digits}`);
  const free = BigInt(bits - prefix);
  const low = (value >> free) << free;
  const high = low | ((1n << free) - 1n);
  const text = (n: bigint) => n.toString(16).padStart(digits.length, '0');
  return { low: text(low), high: text(high) };
}

function hexAddress(address: string): string | null {
  return address.includes(':') ? hexV6(address) : hexV4(address);
}

function hexV4(address: string): string | null {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((p) => !/^\d{1,3}$/.test(p) || Number(p) > 255)) return null;
  return parts.map((p) => Number(p).toString(16).padStart(2, '0')).join('');
}

function hexV6(address: string): string | null {
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat();
  const missing = 8 - given.length;
  if (given.some((g) => !/^[0-9a-f]{1,4}$/i.test(g))) return null;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const full =
    halves.length === 1
      ? given
      : [...(groups[0] ?? []), ...Array<string>(missing).fill('0'), ...(groups[1] ?? [])];
  return full.map((g) => g.toLowerCase().padStart(4, '0')).join('');
}
