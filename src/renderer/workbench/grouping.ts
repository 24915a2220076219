import type { Annotation } from '../../shared/contract/notes';
import { AppError } from '../../shared/errors/app-error';
import type { MenuItem } from './menu.svelte';
import type { Workbench } from './workbench.svelte';

/** A finding of the open case, and the incident it is part of. */
interface Grouped {
  readonly id: string;
  readonly incidentId: string | null;
}

/** Other incidents that a menu offers, the most severe first. */
const MOST_OFFERED = 12;

/** Whether an annotation is a decision about groups. */
export function isDecision({ kind }: Pick<Annotation, 'kind'>): boolean {
  return kind === 'together' || kind === 'apart';
}

/** Joins two findings, and with them the incidents they are part of. Shows the incident that they make. */
function join(workbench: Workbench, a: string, b: string): Promise<void> {
  return decide(workbench, { kind: 'together', finding: a, other: b, follow: [b] });
}

/** Keeps two findings of an incident apart; the window stays with the incident, or with what is left of one. */
export function keepApart(workbench: Workbench, a: string, b: string): Promise<void> {
  return decide(workbench, { kind: 'apart', finding: a, other: b, follow: [a, b] });
}

/** Takes a finding out of its incident; the window stays with the rest of it. */
async function takeOut(workbench: Workbench, { id, incidentId }: Grouped): Promise<void> {
  const rest = (await membersOf(workbench, incidentId ?? '')).find((other) => other !== id);
  await decide(workbench, { kind: 'apart', finding: id, other: '', follow: [rest ?? id] });
}

/** Takes a decision back. */
export async function undecide(workbench: Workbench, { id, subject }: Annotation): Promise<void> {
  try {
    assertFree(workbench);
    await workbench.notes.remove(id);
    await regroup(workbench, [subject.id]);
  } catch (error) {
    workbench.toasts.fail(error);
  }
}

/** What can be decided about a finding: to take it out of its incident, or to join it with another. */
export async function decisionsOn(workbench: Workbench, finding: Grouped): Promise<MenuItem[]> {
  const incidents = (await workbench.client.call('incidents/list', null)).filter(
    ({ id }) => id !== finding.incidentId,
  );
  const out =
    finding.incidentId === null
      ? []
      : [
          {
            title: 'Take out of its incident',
            run: () => void guarded(workbench, () => takeOut(workbench, finding)),
          },
        ];
  return [
    ...out,
    ...incidents.slice(0, MOST_OFFERED).map(({ id, title }, i) => ({
      title: `Join with: ${title}`,
      separated: i === 0 && out.length > 0,
      run: () =>
        void guarded(workbench, async () => {
          const [lead] = await membersOf(workbench, id);
          if (lead !== undefined) await join(workbench, finding.id, lead);
        }),
    })),
  ];
}

interface Decision {
  readonly kind: 'together' | 'apart';
  readonly finding: string;
  /** Empty: all others. */
  readonly other: string;
  /** Findings of which one's incident is shown afterwards. */
  readonly follow: readonly string[];
}

async function decide(workbench: Workbench, { kind, finding, other, follow }: Decision): Promise<void> {
  try {
    assertFree(workbench);
    await workbench.notes.put({
      kind,
      subject: { kind: 'finding', type: '', id: finding },
      title: other,
      text: '',
    });
    await regroup(workbench, follow);
  } catch (error) {
    workbench.toasts.fail(error);
  }
}

/** Errors: `job.running`: a decision would be written, and not be seen. */
function assertFree({ jobs }: Workbench): void {
  if (jobs.running !== null) throw new AppError('job.running');
}

/** Groups again; an incident on show may have got another id, or be part of another. */
async function regroup(workbench: Workbench, follow: readonly string[]): Promise<void> {
  const { client, jobs, navigation } = workbench;
  const before = navigation.place.params['id'];
  const { jobId } = await client.call('analysis/regroup', null);
  jobs.started(jobId);
  const error = await new Promise<AppError | null>((resolve) => {
    const stop = jobs.onEnd((end) => {
      stop();
      resolve(end);
    });
  });
  if (error !== null || navigation.place.view !== 'incident') return;
  const found = await Promise.all(follow.map((id) => client.call('findings/get', { id })));
  const ids = found.flatMap(({ finding }) => finding.incidentId ?? []);
  const next = ids.find((id) => id === before) ?? ids[0];
  if (next === undefined) navigation.go('incidents');
  else navigation.adjust({ id: next });
}

async function membersOf(workbench: Workbench, incidentId: string): Promise<readonly string[]> {
  const { incident } = await workbench.client.call('incidents/get', { id: incidentId });
  return incident.findingIds;
}

async function guarded(workbench: Workbench, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    workbench.toasts.fail(error);
  }
}
