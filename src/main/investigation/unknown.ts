import type { CitedText } from '../../shared/model/exhibit';
import type { Connection } from '../db/database';
import type { ExhibitBook } from './exhibits';
import unknownSql from './unknown.sql?raw';
import { clip, nameOf, span } from './words';

/** A question that the case's logs leave open, a row of unknown.sql. */
interface OpenQuestion {
  readonly kind: 'blind' | 'account' | 'no-history' | 'objects' | 'network' | 'cluster';
  readonly account: string | null;
  /** Of `blind` the log, of `account` the role, of `objects` a bucket. */
  readonly subject: string | null;
  /** Buckets of `objects`. */
  readonly n: number | null;
  readonly cause: string | null;
  readonly region: string | null;
  readonly principal: string | null;
  readonly from: string;
  readonly to: string;
  readonly source: string | null;
  readonly fileId: number | null;
  readonly recordNo: number | null;
  readonly eventId: string | null;
}

const LOGS: Readonly<Record<string, string>> = {
  cloudtrail: 'CloudTrail',
  'vpc-flow': 'VPC flow logs',
  'k8s-audit': 'EKS audit logs',
  's3-access': 'S3 access logs',
  'dns-query': 'Route 53 Resolver query logs',
};

const CAUSES: Readonly<Record<string, string>> = {
  'logging-stopped': 'was switched off',
  'logging-narrowed': 'was narrowed',
  'file-missing': 'lacks files that its digest names',
  'file-unreadable': 'has files that could not be read',
  'digest-missing': 'lacks digest files, so that missing files would not show',
  silence: 'is silent where it usually is not',
};

function blind({ subject, cause, region, principal, account, from, to }: OpenQuestion): string {
  const whose = `${LOGS[subject ?? ''] ?? subject ?? ''}${account ? ` of account ${account}` : ''}${region ? ` in ${clip(region)}` : ''}`;
  const who = principal ? ` by ${nameOf(principal)}` : '';
  return `${whose} ${CAUSES[cause ?? ''] ?? cause ?? ''}${who}, ${span(from, to)}: what happened then is not known. The Event history of the console (90 days of management events), another trail or CloudTrail Lake may hold it.`;
}

/** Each says what is not known and which log would tell. */
const SENTENCES: Readonly<Record<OpenQuestion['kind'], (q: OpenQuestion) => string>> = {
  blind,
  account: ({ account, subject }) =>
    `The role ${nameOf(subject ?? '')} was taken in account ${account ?? ''}, of which the case holds no call: what was done there is not known. The CloudTrail of that account would tell.`,
  'no-history': ({ account, from }) =>
    `The records of account ${account ?? ''} begin at ${span(from, from)}, less than a day before the incident: earlier use of the same credentials cannot be excluded. Older log files, or the Event history of the last 90 days, would tell.`,
  objects: ({ account, subject, n }) => {
    const bucket = clip(subject ?? '');
    const which = n === 1 ? `the bucket ${bucket} was` : `${n ?? 0} buckets, ${bucket} among them, were`;
    return `In account ${account ?? ''} ${which} used, but no record of any object is there: whether objects were read or changed is not known. CloudTrail data events or S3 server access logs would tell.`;
  },
  network: ({ account }) =>
    `No flow log of account ${account ?? ''} is in the case: with whom its instances talked, and how much left them, is not known. VPC flow logs and Route 53 Resolver query logs would tell.`,
  cluster: ({ account }) =>
    `A Kubernetes cluster of account ${account ?? ''} was acted on, but no audit log of it is in the case. The EKS audit logs in CloudWatch would tell what ran in it.`,
};

/** What the logs at hand cannot say about an incident, each with the log that would; exhibits where a record raises the question. */
export async function tellUnknown(
  connection: Connection,
  incidentId: string,
  book: ExhibitBook,
): Promise<CitedText[]> {
  const questions = await connection.rows<OpenQuestion>(unknownSql, { id: incidentId });
  const out: CitedText[] = [];
  for (const question of questions) {
    const { source, fileId, recordNo, eventId } = question;
    out.push({
      text: SENTENCES[question.kind](question),
      exhibits:
        source !== null && fileId !== null && recordNo !== null
          ? await book.cite([{ source, fileId, recordNo, eventId }])
          : [],
    });
  }
  return out;
}
