import { isIP, isIPv4 } from 'node:net';
import type { Severity } from '../../shared/model/severity';

export type IndicatorType = 'address' | 'network' | 'domain' | 'userAgent' | 'accessKey' | 'hash' | 'arn';

/** Something to look for in the evidence. */
export interface Indicator {
  readonly type: IndicatorType;
  /** As it is compared: addresses, domains and hashes in lower case, networks with their first address. */
  readonly value: string;
  /** What the list says about it; empty when nothing. */
  readonly label: string;
  readonly severity: Severity;
}

export const DEFAULT_SEVERITY: Severity = 'medium';

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const KEY = /^(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}\.?$/i;

/** Undoes the usual ways to make an indicator harmless: hxxp, [.], (.), [:]. */
function refang(text: string): string {
  return text
    .trim()
    .replace(/^hxxp/i, 'http')
    .replace(/[[({]\s*(?:\.|dot)\s*[\])}]/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/\[:\/\/\]/g, '://');
}

/** The type and comparable value that a text has by its shape; a URL counts as its host. Null for anything else. */
export function recognise(text: string): Pick<Indicator, 'type' | 'value'> | null {
  const plain = refang(text);
  if (isIP(plain) > 0) return { type: 'address', value: plain.toLowerCase() };
  const network = networkOf(plain);
  if (network !== null) return { type: 'network', value: network };
  if (HASH.test(plain)) return { type: 'hash', value: plain.toLowerCase() };
  if (KEY.test(plain)) return { type: 'accessKey', value: plain };
  if (/^arn:[^:]+:[^:]+:/.test(plain)) return { type: 'arn', value: plain };
  const host = hostOf(plain);
  if (host !== null) return recognise(host);
  const port = /^([\w.-]+):\d{1,5}$/.exec(plain);
  if (port?.[1] !== undefined) return recognise(port[1]);
  return DOMAIN.test(plain) ? { type: 'domain', value: plain.toLowerCase().replace(/\.$/, '') } : null;
}

function hostOf(text: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  try {
    const { hostname } = new URL(text);
    return hostname === '' ? null : hostname.replace(/^\[|\]$/g, '');
  } catch {
    return null;
  }
}

/** `10.0.0.0/8` of `10.1.2.3/8`; a network of one address is none. */
function networkOf(text: string): string | null {
  const [address = '', length = '', more] = text.split('/');
  if (more !== undefined || !/^\d{1,3}$/.test(length) || isIP(address) === 0) return null;
  const bits = Number(length);
  if (bits > (isIPv4(address) ? 32 : 128)) return null;
  return `${address.toLowerCase()}/${bits}`;
}

/** First and last address of an IPv4 network as integers. */
export function rangeOf(network: string): { first: number; last: number } | null {
  const [address = '', length = ''] = network.split('/');
  if (!isIPv4(address)) return null;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
