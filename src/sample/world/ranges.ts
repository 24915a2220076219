import type { Random } from '../random/random';
import type { Block, Country } from './countries';

/** Public address space of the cloud itself, by Region. */
const CLOUD: Readonly<Record<string, readonly Block[]>> = {
  'us-east-1': [
    [3, 80, 14],
    [54, 144, 14],
    [34, 192, 14],
  ],
  'us-east-2': [
    [3, 128, 2],
    [18, 216, 4],
  ],
  'us-west-2': [
    [34, 208, 14],
    [52, 24, 4],
    [54, 184, 4],
  ],
  'eu-west-1': [
    [34, 240, 8],
    [52, 208, 6],
    [54, 72, 4],
  ],
  'eu-west-2': [
    [18, 130, 1],
    [35, 176, 2],
    [3, 8, 2],
  ],
  'eu-central-1': [
    [3, 120, 4],
    [18, 184, 2],
    [52, 28, 2],
  ],
  'ap-southeast-2': [
    [13, 54, 2],
    [3, 24, 4],
    [54, 252, 2],
  ],
  'ap-southeast-1': [
    [13, 228, 2],
    [18, 136, 1],
    [54, 254, 1],
  ],
  'ap-northeast-1': [
    [13, 112, 4],
    [54, 64, 4],
    [18, 176, 2],
  ],
  'ca-central-1': [
    [3, 96, 2],
    [35, 182, 1],
  ],
};

/** Where hosted build runners come from: another provider's cloud, a new address with every run. */
const RUNNERS: readonly Block[] = [
  [20, 40, 60],
  [4, 150, 20],
  [172, 176, 10],
  [13, 64, 24],
];

export const REGIONS: readonly string[] = Object.keys(CLOUD);

function addressIn(blocks: readonly Block[], random: Random): string {
  const [first, second, span] = random.pick(blocks);
  return `${first}.${second + random.int(0, span - 1)}.${random.int(0, 255)}.${random.int(1, 254)}`;
}

export function addressOf(country: Country, random: Random): string {
  return addressIn(country.blocks, random);
}

/** A public address of the cloud's own space in a Region. */
export function cloudAddress(region: string, random: Random): string {
  return addressIn(CLOUD[region] ?? [], random);
}

export function runnerAddress(random: Random): string {
  return addressIn(RUNNERS, random);
}
