import type { CitedText } from '../../shared/model/exhibit';
import type { ExhibitBook, Place } from './exhibits';
import type { Entry } from './strand-score';
import type { Told } from './told';
import { clock, sentencesOf, titleOf } from './words';

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

/** Signs before the first call that are told; the narrative and the timeline have the others. */
const BEFORE = 3;

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
        text: `No API call of this incident could be tied to a credential and an address; the earliest sign is: ${titleOf(told)} at ${clock(told.first)}.`,
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
  for (const told of before.slice(0, BEFORE)) {
    out.push({
      text: `Before it, at ${clock(told.first)}: ${sentencesOf(told)} This is the likely way in.`,
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
