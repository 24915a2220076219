import type { Random } from '../random/random';
import { ACCESS, type Country, HOSTING } from '../world/countries';
import { addressOf } from '../world/ranges';

/** Where somebody outside the firm calls from. */
export interface Origin {
  readonly address: string;
  readonly country: Country;
}

/** An address an intruder rents, or now and then one of somebody's home line. */
export function hostileOrigin(random: Random, avoid: readonly Origin[] = []): Origin {
  const taken = new Set(avoid.map((o) => o.country.asn));
  const list = (random.chance(0.85) ? HOSTING : ACCESS).filter((c) => !taken.has(c.asn));
  const country = random.pick(list);
  return { country, address: addressOf(country, random) };
}

const AGENTS: readonly string[] = [
  'aws-cli/1.34.21 md/Botocore#1.35.21 ua/2.0 os/linux#6.6.15-amd64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy botocore/1.35.21',
  'Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.10.9-amd64 md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.162',
  'aws-cli/2.17.18 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.11-amd64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard',
  'aws-sdk-go-v2/1.30.4 ua/2.0 os/linux lang/go#1.22.6 md/GOOS#linux md/GOARCH#amd64',
  'python-requests/2.32.3',
];

/** A tool as an intruder runs it: an ordinary client on another system than the firm's. */
export function hostileAgent(random: Random): string {
  return random.pick(AGENTS);
}
