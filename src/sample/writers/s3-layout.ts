import { join } from 'node:path';
import { dateOf, stampOf } from '../world/calendar';

const NAME_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The characters AWS ends the names of delivered files with. */
export function uniqueName(random: { text(alphabet: string, length: number): string }): string {
  return random.text(NAME_CHARACTERS, 16);
}

interface Delivery {
  readonly account: string;
  readonly region: string;
  readonly time: number;
}

function folderOf(source: string, { account, region, time }: Delivery): string {
  return join('AWSLogs', account, source, region, ...dateOf(time).split('-'));
}

/** Where CloudTrail puts a file. */
export function cloudtrailPath(delivery: Delivery, unique: string): string {
  const { account, region, time } = delivery;
  const name = `${account}_CloudTrail_${region}_${stampOf(time)}_${unique}.json.gz`;
  return join(folderOf('CloudTrail', delivery), name);
}

/** Where VPC flow logs put a file. */
export function flowLogPath(delivery: Delivery, flowLogId: string, hash: string): string {
  const { account, region, time } = delivery;
  const name = `${account}_vpcflowlogs_${region}_${flowLogId}_${stampOf(time)}_${hash}.log.gz`;
  return join(folderOf('vpcflowlogs', delivery), name);
}

/** Where GuardDuty's export puts a file. */
export function guarddutyPath(delivery: Delivery, uuid: string): string {
  return join(folderOf('GuardDuty', delivery), `${uuid}.jsonl.gz`);
}
