/** Address blocks as providers announce them: first two octets, and how many /16 follow. */
export type Block = readonly [first: number, second: number, span: number];

/** A place with a network: where people, customers, scanners and intruders call from. */
export interface Country {
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly zoneHours: number;
  readonly lat: number;
  readonly lon: number;
  readonly network: string;
  readonly asn: string;
  readonly blocks: readonly Block[];
}

/** code|country|city|hours from UTC|network|ASN|latitude|longitude|blocks */
function countriesOf(table: string): Country[] {
  return table
    .trim()
    .split('\n')
    .map((line): Country => {
      const [code = '', name = '', city = '', zone, network = '', asn = '', lat, lon, blocks = ''] =
        line.split('|');
      return {
        code,
        name,
        city,
        zoneHours: Number(zone),
        lat: Number(lat),
        lon: Number(lon),
        network,
        asn,
        blocks: blocks.split(' ').map((block): Block => {
          const [first, second, span] = block.split(/[.+]/).map(Number);
          return [first ?? 0, second ?? 0, span ?? 1];
        }),
      };
    });
}

/** Where people live and customers sit: large access networks. */
export const ACCESS: readonly Country[] = countriesOf(`
DE|Germany|Hamburg|1|Deutsche Telekom AG|3320|53.55|9.99|84.128+40 87.128+40 91.0+40
US|United States|Denver|-6|Comcast Cable|7922|39.73|-104.98|73.0+200 24.0+24 98.192+50
GB|United Kingdom|Leeds|0|British Telecommunications|2856|53.8|-1.55|86.128+50 81.128+25 109.144+15
FR|France|Lyon|1|Orange S.A.|3215|45.76|4.84|90.0+100 86.192+60 92.128+40
NL|Netherlands|Utrecht|1|Ziggo|33915|52.09|5.12|84.24+6 77.160+8 62.194+2
AU|Australia|Brisbane|10|Telstra|1221|-27.47|153.02|1.120+8 58.160+10 101.160+15
JP|Japan|Nagoya|9|NTT Communications|4713|35.18|136.9|153.128+100 180.0+40 114.144+16
ES|Spain|Valencia|1|Telefonica de Espana|3352|39.47|-0.38|83.32+28 88.0+30 79.144+14
IT|Italy|Bologna|1|Telecom Italia|3269|44.49|11.34|79.0+60 87.0+28 95.224+30
BR|Brazil|Curitiba|-3|Claro NXT|28573|-25.43|-49.27|177.32+30 189.4+3 201.6+4
IN|India|Pune|5.5|Reliance Jio|55836|18.52|73.86|49.32+30 157.32+16 106.192+20
SE|Sweden|Malmo|1|Telia Company|3301|55.6|13|81.224+12 90.224+12 213.64+3
CA|Canada|Calgary|-7|Shaw Communications|6327|51.05|-114.07|24.64+20 70.64+18 184.64+8
`);

/** Where rented machines stand: what intruders and scanners mostly use. */
export const HOSTING: readonly Country[] = countriesOf(`
NL|Netherlands|Amsterdam|1|DigitalOcean|14061|52.37|4.9|164.90+2 188.166+1 167.99+1
FR|France|Roubaix|1|OVH SAS|16276|50.69|3.17|51.68+3 54.36+3 141.94+2
FI|Finland|Helsinki|2|Hetzner Online|24940|60.17|24.94|95.216+2 65.108+2 135.181+1
SG|Singapore|Singapore|8|Akamai Connected Cloud|63949|1.35|103.82|139.162+1 172.104+2
US|United States|Piscataway|-5|The Constant Company|20473|40.55|-74.46|45.76+2 149.28+1 144.202+1
RO|Romania|Bucharest|2|M247 Europe|9009|44.43|26.11|146.70+1 185.94+1 193.29+1
CN|China|Nanjing|8|Chinanet|4134|32.06|118.78|218.92+1 61.177+1 222.186+1
RU|Russia|Saint Petersburg|3|Selectel|49505|59.94|30.31|92.53+1 95.213+1 176.113+1
VN|Vietnam|Hanoi|7|Viettel Group|7552|21.03|105.85|171.224+20 116.96+16
HK|Hong Kong|Hong Kong|8|Tencent|132203|22.28|114.16|43.128+10 129.226+1
`);
