import type { Random } from '../random/random';
import { type Account, composeId, composeRole, type Role } from './account';
import { DAY, HOUR } from './calendar';
import { cloudAddress } from './ranges';

/** A Lambda function with its role; each execution environment has a key and an address of the Region. */
export interface CloudFunction {
  readonly name: string;
  readonly account: Account;
  readonly region: string;
  readonly role: Role;
  readonly agent: string;
  readonly environments: readonly Environment[];
}

/** One warm container of a function: it lives some hours. */
export interface Environment {
  readonly from: number;
  readonly to: number;
  readonly accessKeyId: string;
  readonly address: string;
}

const DUTIES = ['webhook', 'resize', 'indexer', 'mailer', 'sync', 'cleanup', 'export', 'authorizer'];

/** `count` functions of an account, each with a chain of environments over the bundle's days. */
export function composeFunctions(
  account: Account,
  plan: { count: number; products: readonly string[]; start: number; days: number },
  random: Random,
): CloudFunction[] {
  return Array.from({ length: plan.count }, (_, i) => {
    const own = random.fork(i);
    const name = `${own.pick(plan.products)}-${own.pick(DUTIES)}-${own.hex(3)}`;
    const region = own.chance(0.75) ? account.home : own.pick(account.regions);
    const environments: Environment[] = [];
    const end = plan.start + plan.days * DAY;
    for (let from = plan.start - own.int(0, 6 * HOUR); from < end;) {
      const to = from + Math.round(own.skewed(7 * HOUR, 0.4));
      environments.push({
        from,
        to,
        accessKeyId: composeId('ASIA', account, own),
        address: cloudAddress(region, own),
      });
      from = to;
    }
    const runtime = own.pick(['python3.12', 'python3.11']);
    return {
      name,
      account,
      region,
      role: composeRole(account, `${name}-role`, own, '/service-role/'),
      agent: `Boto3/1.34.145 md/Botocore#1.34.145 ua/2.0 os/linux#5.10.226-236.906.amzn2.x86_64 md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython exec-env/AWS_Lambda_${runtime} cfg/retry-mode#legacy Botocore/1.34.145`,
      environments,
    };
  });
}
