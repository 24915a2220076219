import type { Random } from '../random/random';
import type { Finding } from '../stage/finding';
import type { BenignTruth } from '../stage/truth';
import { machineRoles, type World } from '../world/world';
import { adminWork } from './admin-work';
import { failingCalls } from './failing-calls';
import { humanWork } from './human-work';
import { noiseFindings } from './noise-findings';
import { oddDays } from './odd-days';
import { pipelineRuns } from './pipeline-runs';
import { rootVisit } from './root-visit';
import { credentialIssues, linkedRoleWork, monitoringRounds, nightlyBackups } from './service-work';
import type { Task } from './task';

/** Everything that happens without any intruder. */
export interface Background {
  /** In the order of their start. */
  readonly tasks: readonly Task[];
  readonly findings: readonly Finding[];
  readonly benign: readonly BenignTruth[];
}

interface BackgroundPlan {
  /** Activity a day relative to the standard bundle. */
  readonly density: number;
  /** The story's day: the day of the bad release and of the red herring. */
  readonly around: number;
  /** Instances the story is about. */
  readonly victims: ReadonlySet<string>;
  /** How many of the odd days happen, as a share. */
  readonly oddShare: number;
}

/** Composes the ordinary month of the world. */
export function composeBackground(world: World, plan: BackgroundPlan, random: Random): Background {
  const { density } = plan;
  const admin = adminWork(world, random.fork('admin'));
  const failing = failingCalls(world, plan.around, density, random.fork('failing'));
  const odd = oddDays(world, plan.oddShare, random.fork('odd'));
  const root = rootVisit(world, random.fork('root'));
  const noise = noiseFindings(world, { around: plan.around, except: plan.victims }, random.fork('noise'));
  const tasks = [
    ...humanWork(world, density, random.fork('human')),
    ...pipelineRuns(world, density, random.fork('pipeline')),
    ...credentialIssues(world),
    ...monitoringRounds(world, density, random.fork('monitoring')),
    ...nightlyBackups(world, density, random.fork('backup')),
    ...linkedRoleWork(world, density, random.fork('linked')),
    ...admin.tasks,
    ...odd.tasks,
    ...failing.tasks,
    ...root.tasks,
  ];
  tasks.sort((a, b) => a.start - b.start || (a.name < b.name ? -1 : 1));
  return {
    tasks,
    findings: noise.findings,
    benign: [
      ...noise.benign,
      ...admin.benign,
      ...odd.benign,
      ...failing.benign,
      ...root.benign,
      ...standing(world),
    ],
  };
}

/** What is there all month and is easily suspected. */
function standing(world: World): BenignTruth[] {
  const { staff, accounts } = world;
  return [
    ...world.networks.map((n) => ({
      kind: 'natAddress',
      id: n.natAddress,
      note: `shared by the private hosts of ${n.vpcId}`,
    })),
    { kind: 'officeAddress', id: staff.officeAddress, note: 'shared by the people in the office' },
    {
      kind: 'monitoringVendor',
      id: world.monitorAddress,
      note: `the vendor's collector in account ${world.monitorAccount}`,
    },
    ...accounts.flatMap((account) => {
      const roles = machineRoles(world, account);
      return [
        { kind: 'ciRole', id: roles.ci.arn, note: 'builds on hosted runners, a new address each' },
        {
          kind: 'terraformRole',
          id: roles.terraform.arn,
          note: 'infrastructure changes, also across accounts',
        },
        { kind: 'monitoringRole', id: roles.monitoring.arn, note: 'reads from the vendor account' },
        { kind: 'backupRole', id: roles.backup.arn, note: 'makes and removes snapshots at night' },
      ];
    }),
    {
      kind: 'newEmployee',
      id: staff.newcomer.ssoRole?.arn ?? staff.newcomer.userArn,
      note: `${staff.newcomer.name} starts in the middle of the time`,
    },
    ...(staff.traveller.travel
      ? [
          {
            kind: 'traveller',
            id: staff.traveller.travel.address,
            note: `${staff.traveller.name} in ${staff.traveller.travel.country.name}`,
          },
        ]
      : []),
  ];
}
