import type { Random } from '../random/random';

/** Address blocks as providers announce them: [first two octets, how many /16 follow]. */
type Block = readonly [first: number, second: number, span: number];

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly zoneHours: number;
  readonly network: string;
  readonly asn: string;
  readonly lat: number;
  readonly lon: number;
  readonly blocks: readonly Block[];
}

/** Where people live and customers sit: large access networks. */
export const ACCESS: readonly Country[] = [
  { code: 'DE', name: 'Germany', city: 'Hamburg', zoneHours: 1, network: 'Deutsche Telekom AG', asn: '3320', lat: 53.55, lon: 9.99, blocks: [[84, 128, 40], [87, 128, 40], [91, 0, 40]] },
  { code: 'US', name: 'United States', city: 'Denver', zoneHours: -6, network: 'Comcast Cable', asn: '7922', lat: 39.73, lon: -104.98, blocks: [[73, 0, 200], [24, 0, 24], [98, 192, 50]] },
  { code: 'GB', name: 'United Kingdom', city: 'Leeds', zoneHours: 0, network: 'British Telecommunications', asn: '2856', lat: 53.8, lon: -1.55, blocks: [[86, 128, 50], [81, 128, 25], [109, 144, 15]] },
  { code: 'FR', name: 'France', city: 'Lyon', zoneHours: 1, network: 'Orange S.A.', asn: '3215', lat: 45.76, lon: 4.84, blocks: [[90, 0, 100], [86, 192, 60], [92, 128, 40]] },
  { code: 'NL', name: 'Netherlands', city: 'Utrecht', zoneHours: 1, network: 'Ziggo', asn: '33915', lat: 52.09, lon: 5.12, blocks: [[84, 24, 6], [77, 160, 8], [62, 194, 2]] },
  { code: 'AU', name: 'Australia', city: 'Brisbane', zoneHours: 10, network: 'Telstra', asn: '1221', lat: -27.47, lon: 153.02, blocks: [[1, 120, 8], [58, 160, 10], [101, 160, 15]] },
  { code: 'JP', name: 'Japan', city: 'Nagoya', zoneHours: 9, network: 'NTT Communications', asn: '4713', lat: 35.18, lon: 136.9, blocks: [[153, 128, 100], [180, 0, 40], [114, 144, 16]] },
  { code: 'ES', name: 'Spain', city: 'Valencia', zoneHours: 1, network: 'Telefonica de Espana', asn: '3352', lat: 39.47, lon: -0.38, blocks: [[83, 32, 28], [88, 0, 30], [79, 144, 14]] },
  { code: 'IT', name: 'Italy', city: 'Bologna', zoneHours: 1, network: 'Telecom Italia', asn: '3269', lat: 44.49, lon: 11.34, blocks: [[79, 0, 60], [87, 0, 28], [95, 224, 30]] },
  { code: 'BR', name: 'Brazil', city: 'Curitiba', zoneHours: -3, network: 'Claro NXT', asn: '28573', lat: -25.43, lon: -49.27, blocks: [[177, 32, 30], [189, 4, 3], [201, 6, 4]] },
  { code: 'IN', name: 'India', city: 'Pune', zoneHours: 5.5, network: 'Reliance Jio', asn: '55836', lat: 18.52, lon: 73.86, blocks: [[49, 32, 30], [157, 32, 16], [106, 192, 20]] },
  { code: 'SE', name: 'Sweden', city: 'Malmo', zoneHours: 1, network: 'Telia Company', asn: '3301', lat: 55.6, lon: 13, blocks: [[81, 224, 12], [90, 224, 12], [213, 64, 3]] },
  { code: 'CA', name: 'Canada', city: 'Calgary', zoneHours: -7, network: 'Shaw Communications', asn: '6327', lat: 51.05, lon: -114.07, blocks: [[24, 64, 20], [70, 64, 18], [184, 64, 8]] },
];

/** Where rented machines stand: what intruders and scanners mostly use. */
export const HOSTING: readonly Country[] = [
  { code: 'NL', name: 'Netherlands', city: 'Amsterdam', zoneHours: 1, network: 'DigitalOcean', asn: '14061', lat: 52.37, lon: 4.9, blocks: [[164, 90, 2], [188, 166, 1], [167, 99, 1]] },
  { code: 'FR', name: 'France', city: 'Roubaix', zoneHours: 1, network: 'OVH SAS', asn: '16276', lat: 50.69, lon: 3.17, blocks: [[51, 68, 3], [54, 36, 3], [141, 94, 2]] },
  { code: 'FI', name: 'Finland', city: 'Helsinki', zoneHours: 2, network: 'Hetzner Online', asn: '24940', lat: 60.17, lon: 24.94, blocks: [[95, 216, 2], [65, 108, 2], [135, 181, 1]] },
  { code: 'SG', name: 'Singapore', city: 'Singapore', zoneHours: 8, network: 'Akamai Connected Cloud', asn: '63949', lat: 1.35, lon: 103.82, blocks: [[139, 162, 1], [172, 104, 2]] },
  { code: 'US', name: 'United States', city: 'Piscataway', zoneHours: -5, network: 'The Constant Company', asn: '20473', lat: 40.55, lon: -74.46, blocks: [[45, 76, 2], [149, 28, 1], [144, 202, 1]] },
  { code: 'RO', name: 'Romania', city: 'Bucharest', zoneHours: 2, network: 'M247 Europe', asn: '9009', lat: 44.43, lon: 26.11, blocks: [[146, 70, 1], [185, 94, 1], [193, 29, 1]] },
  { code: 'CN', name: 'China', city: 'Nanjing', zoneHours: 8, network: 'Chinanet', asn: '4134', lat: 32.06, lon: 118.78, blocks: [[218, 92, 1], [61, 177, 1], [222, 186, 1]] },
  { code: 'RU', name: 'Russia', city: 'Saint Petersburg', zoneHours: 3, network: 'Selectel', asn: '49505', lat: 59.94, lon: 30.31, blocks: [[92, 53, 1], [95, 213, 1], [176, 113, 1]] },
  { code: 'VN', name: 'Vietnam', city: 'Hanoi', zoneHours: 7, network: 'Viettel Group', asn: '7552', lat: 21.03, lon: 105.85, blocks: [[171, 224, 20], [116, 96, 16]] },
  { code: 'HK', name: 'Hong Kong', city: 'Hong Kong', zoneHours: 8, network: 'Tencent', asn: '132203', lat: 22.28, lon: 114.16, blocks: [[43, 128, 10], [129, 226, 1]] },
];

/** Public address space of the cloud itself, by Region. */
const CLOUD: Readonly<Record<string, readonly Block[]>> = {
  'us-east-1': [[3, 80, 14], [54, 144, 14], [34, 192, 14]],
  'us-east-2': [[3, 128, 2], [18, 216, 4]],
  'us-west-2': [[34, 208, 14], [52, 24, 4], [54, 184, 4]],
  'eu-west-1': [[34, 240, 8], [52, 208, 6], [54, 72, 4]],
  'eu-west-2': [[18, 130, 1], [35, 176, 2], [3, 8, 2]],
  'eu-central-1': [[3, 120, 4], [18, 184, 2], [52, 28, 2]],
  'ap-southeast-2': [[13, 54, 2], [3, 24, 4], [54, 252, 2]],
  'ap-southeast-1': [[13, 228, 2], [18, 136, 1], [54, 254, 1]],
  'ap-northeast-1': [[13, 112, 4], [54, 64, 4], [18, 176, 2]],
  'ca-central-1': [[3, 96, 2], [35, 182, 1]],
};

/** Where hosted build runners come from: another provider's cloud, a new address with every run. */
const RUNNERS: readonly Block[] = [[20, 40, 60], [4, 150, 20], [172, 176, 10], [13, 64, 24]];

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
