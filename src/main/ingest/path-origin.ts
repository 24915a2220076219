/** What the path of a log tells that its lines may not: formats without such fields take it from here. */
export interface PathOrigin {
  readonly account: string | null;
  readonly region: string | null;
}

export const NO_PATH: PathOrigin = { account: null, region: null };

/** `AWSLogs/[organization/]account/service/region/`, each part with or without its name as Hive partitions have it. */
const DELIVERY =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(?:aws-account-id=)?(\d{12})\/(?:aws-service=)?[\w-]+\/(?:(?:aws-)?region=)?([a-z]{2}(?:-[a-z]+)+-\d)\//;
/** Copies of a part of a bucket. */
const PART = /(?:^|\/)(?:vpcflowlogs|elasticloadbalancing)\/([a-z]{2}(?:-[a-z]+)+-\d)\//;
/** `REGION/accountId=...` of Security Lake is told by its records; this is for tables that were written like it. */
const PARTITION = {
  account: /(?:^|\/)(?:aws-)?account[-_]?id=(\d{12})\//i,
  region: /(?:^|\/)(?:aws-)?region=([a-z]{2}(?:-[a-z]+)+-\d)\//i,
};

/** The account and Region that a path names. */
export function pathOrigin(path: string): PathOrigin {
  const [, account = null, region = null] = DELIVERY.exec(path) ?? [];
  return {
    account: account ?? PARTITION.account.exec(path)?.[1] ?? null,
    region: region ?? PART.exec(path)?.[1] ?? PARTITION.region.exec(path)?.[1] ?? null,
  };
}
