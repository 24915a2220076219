import type { Random } from '../random/random';

const GIVEN =
  'anna,ben,carla,david,elena,felix,grace,hugo,ines,jonas,karin,liam,maria,noah,olga,pavel,ruth,samir,tara,viktor,wendy,yusuf,zoe,aisha,bruno,chen,dmitri,emre,fatima,gita,henrik,ivan,julia,kofi,lena,marco,nadia,oscar,priya,rafael,sofia,tomas,uma,vera,will'.split(
    ',',
  );
const FAMILY =
  'adler,berg,costa,dubois,evans,fischer,garcia,haas,ito,jensen,keller,lopez,meyer,novak,olsen,park,quinn,rossi,silva,tanaka,urban,vogel,weber,yang,zimmer,brandt,clarke,dias,eriksen,frank,gupta,hansen,iyer,jones,khan,lind,moreau,nakamura,okafor,petrov,reed,sato,turner,varga'.split(
    ',',
  );
const FIRM_START =
  'blue,north,clear,river,bright,stone,open,silver,true,wide,green,swift,oak,iron,high,deep'.split(',');
const FIRM_END =
  'harbor,field,bridge,peak,works,ledger,cargo,health,grid,mart,labs,freight,bank,media,optic,foods'.split(
    ',',
  );
const PRODUCTS =
  'orders,billing,catalog,shipping,search,accounts,payments,reports,inventory,booking,claims,loyalty,pricing,quotes,notify,media'.split(
    ',',
  );

/** The invented firm whose accounts are composed. */
export interface Firm {
  readonly slug: string;
  readonly domain: string;
  readonly organisationId: string;
  readonly products: readonly string[];
}

export function composeFirm(random: Random): Firm {
  const slug = `${random.pick(FIRM_START)}${random.pick(FIRM_END)}`;
  return {
    slug,
    domain: `${slug}.${random.pick(['com', 'io', 'example.org', 'net'])}`,
    organisationId: `o-${random.text('abcdefghijklmnopqrstuvwxyz0123456789', 10)}`,
    products: random.sample(PRODUCTS, 7),
  };
}

/** `count` different people as `given.family`. */
export function composePeopleNames(count: number, random: Random): string[] {
  const given = random.sample(GIVEN, count);
  const family = random.sample(FAMILY, count);
  return given.map((name, i) => `${name}.${family[i] ?? 'doe'}`);
}
