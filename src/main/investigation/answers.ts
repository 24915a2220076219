import type { HandStanding } from '../../shared/model/hand';
import type { CitedAction, CitedText, Exhibit } from '../../shared/model/exhibit';
import { TACTICS } from '../../shared/model/tactic';
import type { Entry } from './strand-score';
import type { ExhibitBook, Place } from './exhibits';
import { remediationSteps, type Names } from './remediation';

/** A finding of the incident with its first records. */
export interface Told {
  readonly id: string;
  readonly ruleId: string;
  readonly title: string;
  readonly description: string;
  readonly tactic: string;
  readonly severity: string;
  readonly provider: string;
  /** sigma, statistical, provider or baseline. */
  readonly kind: string;
  /** Of the hand behind it; null without an API call. */
  readonly standing: HandStanding | null;
  readonly first: string;
  readonly last: string;
  readonly count: number;
  readonly remediation: readonly string[];
  readonly places: readonly Place[];
}

const clock = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
const tacticName = (slug: string) => TACTICS.find((t) => t.slug === slug)?.name ?? 'Other';

/** How did it happen: one sentence a finding, in time order. */
export async function tellHow(findings: readonly Told[], book: ExhibitBook): Promise<CitedText[]> {
  const out: CitedText[] = [];
  for (const f of [...findings].sort((a, b) => a.first.localeCompare(b.first))) {
    const span = f.first === f.last ? clock(f.first) : `${clock(f.first)} to ${clock(f.last)}`;
    // A provider's title often ends in a full stop, and its description often begins with the title.
    const title = f.title.replace(/\.$/, '');
    const details = f.description.startsWith(f.title)
      ? f.description.slice(f.title.length).replace(/^[.\s]+/, '')
      : f.description;
    const source = f.provider === 'coldtrail' ? '' : ` (reported by ${f.provider})`;
    out.push({
      text: `${span}, ${tacticName(f.tactic)}: ${title}${source}.${details === '' ? '' : ` ${details}`}`,
      exhibits: await book.cite(f.places),
    });
  }
  return out;
}

/** A call with who made it: what the answer and the first-intrusion card both name. */
export interface NamedCall extends Place {
  readonly time: string;
  readonly principal: string;
  readonly credential: string;
  readonly ip: string | null;
  readonly name: string;
}

interface Whereabouts {
  readonly entry: Entry | null;
  /** The first call of the entry strand, and of the runner-up. */
  readonly first: NamedCall | null;
  readonly runnerUp: NamedCall | null;
  /** Why the runner-up was not taken. */
  readonly whyNot: string;
  /** Findings that rest on flows or a provider, not on API calls. */
  readonly network: readonly Told[];
}

/** Valid Accounts: Cloud Accounts. */
export const STOLEN_ACCOUNT = 'T1078.004';

/** Where was the first intrusion: the entry, what came second, and what cannot be known. */
export async function tellWhere(
  { entry, first, runnerUp, whyNot, network }: Whereabouts,
  book: ExhibitBook,
): Promise<CitedText[]> {
  const out: CitedText[] = [];
  if (!entry || !first) {
    const told = network[0];
    if (told)
      out.push({
        text: `No API call of this incident could be tied to a credential and an address; the earliest sign is: ${told.title} at ${clock(told.first)}.`,
        exhibits: await book.cite(told.places),
      });
    return out;
  }
  const exhibits = await book.cite([first]);
  const s = entry.chosen;
  const chain = s.root === first.credential ? '' : `, whose chain begins at ${s.root}`;
  out.push({
    text: `The first hostile call is ${first.name} at ${clock(first.time)} by ${first.principal} from ${first.ip ?? 'an unknown address'}${s.ua_family ? ` with ${s.ua_family}` : ''}; the credential is ${first.credential}${chain}.`,
    exhibits,
  });
  const before = network.filter((n) => n.first <= first.time);
  for (const told of before) {
    out.push({
      text: `Before it, at ${clock(told.first)}: ${told.title}. ${told.description} This is the likely way in.`,
      exhibits: await book.cite(told.places),
    });
  }
  const history =
    s.benign_days === 0 ? 'was not seen on any earlier day' : `was seen on ${s.benign_days} earlier days`;
  out.push({
    text: `This combination of credential, network and tool ${history}; ${s.failures} of its ${s.events} calls failed.`,
    exhibits,
  });
  if (s.later_network)
    out.push({
      text: `The same credential was in use from another network before: a valid cloud account was taken over (${STOLEN_ACCOUNT}); its earlier calls are not counted as hostile.`,
      exhibits,
    });
  if (runnerUp) {
    out.push({
      text: `The runner-up is ${runnerUp.principal} from ${runnerUp.ip ?? 'an unknown address'} at ${clock(runnerUp.time)}: ${whyNot}.`,
      exhibits: await book.cite([runnerUp]),
    });
  }
  out.push({
    text:
      before.length > 0
        ? 'How the credential left the host is not in these logs; the host itself (its authentication log, shell history and processes) would tell.'
        : 'How the credential was obtained before this call is not in these logs; host, identity-provider and repository logs would tell.',
    exhibits,
  });
  return out;
}

/** What now: the remediation of every finding, each once, with what calls for it. */
export async function tellWhatNow(
  findings: readonly Told[],
  names: Names,
  book: ExhibitBook,
): Promise<CitedAction[]> {
  const wanted = new Map<string, { because: string; exhibits: Exhibit[] }>();
  const order = ['critical', 'high', 'medium', 'low', 'informational'];
  for (const f of [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))) {
    const exhibits = await book.cite(f.places.slice(0, 1));
    for (const id of ['R-PRES', ...f.remediation])
      if (!wanted.has(id)) wanted.set(id, { because: `called for by "${f.title}"`, exhibits });
  }
  return remediationSteps(wanted, names);
}
