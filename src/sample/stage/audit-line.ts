import type { Account } from '../world/account';

/** A Kubernetes audit event of a cluster on its way to a file. */
export interface AuditLine {
  readonly account: Account;
  readonly region: string;
  readonly cluster: string;
  readonly time: number;
  readonly text: string;
}
