import type { CitedText } from '../../shared/model/exhibit';
import { severityRank, type Severity } from '../../shared/model/severity';
import { tacticRank } from '../../shared/model/tactic';
import type { Connection } from '../db/database';
import type { ExhibitBook, Place } from './exhibits';
import stagesSql from './stages.sql?raw';
import type { Told } from './told';
import {
  clip,
  clock,
  detailsOf,
  groupBy,
  listed,
  nameOf,
  providerName,
  span,
  tacticName,
  titleOf,
} from './words';

/** The calls of one caller behind the findings of one tactic. */
interface StageCaller {
  readonly tactic: string;
  readonly principal: string;
  readonly first: string;
  readonly calls: number;
  readonly refused: number;
  /** How many of each; the most used one follows by name. */
  readonly credentials: number;
  readonly addresses: number;
  readonly tools: number;
  readonly apis: readonly { readonly name: string; readonly calls: number; readonly refused: number }[];
  readonly credential: string | null;
  /** Where the credential's chain begins, when that is elsewhere. */
  readonly root: string | null;
  readonly ip: string | null;
  readonly country: string | null;
  readonly organization: string | null;
  readonly tool: string | null;
  readonly targets: readonly string[];
}

/** Stages of the kill chain that get a paragraph of their own; the gravest ones are kept. */
const STAGES = 9;
const CALLERS = 2;
const NAMED = { deeds: 4, apis: 5, targets: 4, network: 2, exhibits: 4, reports: 2 } as const;
const NETWORK_DETAILS = 260;

/**
 * How did it happen: one paragraph a stage of the kill chain, in the order in which the stages began, with what was done, by
 * which credential, from where and to what; then what was new about it. Everything else is in the timeline.
 */
export async function tellHow(
  connection: Connection,
  incidentId: string,
  findings: readonly Told[],
  book: ExhibitBook,
): Promise<CitedText[]> {
  const callers = await connection.rows<StageCaller>(stagesSql, { id: incidentId });
  const habits = findings.filter((f) => f.kind === 'baseline');
  const stages = stagesOf(findings.filter((f) => f.kind !== 'baseline'));
  const graveness = (s: Stage) => Math.max(...s.findings.map((f) => severityRank(f.severity as Severity)));
  const kept = new Set([...stages].sort((a, b) => graveness(b) - graveness(a)).slice(0, STAGES));
  const out: CitedText[] = [];
  for (const stage of stages.filter((s) => kept.has(s))) {
    const text = stageText(
      stage,
      callers.filter((c) => c.tactic === stage.tactic),
    );
    out.push({ text, exhibits: await book.cite(placesOf(stage.findings)) });
  }
  const rest = stages.filter((s) => !kept.has(s));
  if (rest.length > 0)
    out.push({
      text: `Also seen: ${rest.map((s) => `${tacticName(s.tactic)} (${listed(unique(s.findings.map(titleOf)), 2)})`).join('; ')}.`,
      exhibits: await book.cite(placesOf(rest.flatMap((s) => s.findings))),
    });
  if (habits.length > 0)
    out.push({
      text: habitText(habits),
      exhibits: await book.cite(placesOf(habits)),
    });
  return out;
}

interface Stage {
  readonly tactic: string;
  readonly first: string;
  readonly last: string;
  readonly findings: readonly Told[];
}

/** In the order in which they began; of those that began together, along the kill chain. */
function stagesOf(findings: readonly Told[]): Stage[] {
  const byTactic = groupBy(findings, (f) => f.tactic);
  return [...byTactic]
    .map(([tactic, own]) => ({
      tactic,
      first: own.reduce((min, f) => (f.first < min ? f.first : min), own[0]?.first ?? ''),
      last: own.reduce((max, f) => (f.last > max ? f.last : max), ''),
      findings: gravestFirst(own),
    }))
    .sort((a, b) => a.first.localeCompare(b.first) || tacticRank(a.tactic) - tacticRank(b.tactic));
}

function gravestFirst(findings: readonly Told[]): Told[] {
  return [...findings].sort(
    (a, b) =>
      severityRank(b.severity as Severity) - severityRank(a.severity as Severity) ||
      a.first.localeCompare(b.first) ||
      a.id.localeCompare(b.id),
  );
}

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** The first record of each finding, gravest first. */
function placesOf(findings: readonly Told[]): Place[] {
  const each = [0, 1, 2, 3].flatMap((n) => findings.flatMap((f) => f.places.slice(n, n + 1)));
  const keys = new Set<string>();
  return each
    .filter((p) => {
      const key = `${p.source} ${p.fileId} ${p.recordNo}`;
      return !keys.has(key) && keys.add(key);
    })
    .slice(0, NAMED.exhibits);
}

function stageText(stage: Stage, callers: readonly StageCaller[]): string {
  const reports = stage.findings.filter((f) => f.kind === 'provider');
  const ours = stage.findings.filter((f) => f.kind !== 'provider');
  const network = ours.filter((f) => !isCalled(f));
  const deedText = listed(unique(ours.filter(isCalled).map(titleOf)), NAMED.deeds);
  const called = [
    ...callers.slice(0, CALLERS).map((c) => `${callerText(c)}.`),
    ...(callers.length > CALLERS ? [`Others: ${listed(callers.slice(CALLERS).map(shortCaller), 3)}.`] : []),
    ...targetText(callers),
  ];
  const seen = network
    .slice(0, NAMED.network)
    .map((f) => clip(`${titleOf(f)}: ${ending(lastOf(f))}`, NETWORK_DETAILS));
  const isBefore = (network[0]?.first ?? '') < (callers[0]?.first ?? '');
  return [
    `${span(stage.first, stage.last)}, ${tacticName(stage.tactic)}${deedText === '' ? '' : `: ${deedText}`}.`,
    ...(isBefore ? [...seen, ...called] : [...called, ...seen]),
    ...reportText(reports),
  ].join(' ');
}

/** Whether API calls are behind it. */
const isCalled = (finding: Told) => finding.places.some((p) => p.source === 'cloudtrail');
const ending = (text: string) => `${text.replace(/[.\s]+$/, '')}.`;

/** The facts of a detector stand behind what it means in general. */
function lastOf(finding: Told): string {
  const sentences = detailsOf(finding).split(/(?<=\.)\s+(?=\S)/);
  return sentences.length > 1 ? sentences.slice(1).join(' ') : sentences.join(' ');
}

function callerText(c: StageCaller): string {
  const root = c.root === null ? '' : `, from ${nameOf(c.root)}`;
  const moreKeys = c.credentials > 1 ? ` and ${c.credentials - 1} more` : '';
  const key =
    c.credential === null || c.credential === c.principal
      ? ''
      : ` with ${clip(c.credential)}${root === '' ? '' : ` (${root.slice(2)})`}${moreKeys}`;
  const where = [c.organization, c.country].filter((x) => x !== null).join(', ');
  const moreAddresses = c.addresses > 1 ? ` and ${c.addresses - 1} other addresses` : '';
  const from = c.ip === null ? '' : ` from ${c.ip}${where === '' ? '' : ` (${where})`}${moreAddresses}`;
  const tool =
    c.tool === null ? '' : ` using ${clip(c.tool, 60)}${c.tools > 1 ? ` and ${c.tools - 1} more` : ''}`;
  return `${nameOf(c.principal)}${key}${from}${tool} called ${apisText(c)}`;
}

const shortCaller = (c: StageCaller) =>
  `${nameOf(c.principal)}, ${c.calls} ${c.calls === 1 ? 'call' : 'calls'}`;

function apisText({ apis, calls, refused }: StageCaller): string {
  const [only] = apis;
  if (apis.length === 1 && only) return `${only.name} ${times(calls)}${outcome(refused, calls)}`;
  const names = apis.map((a) => (a.refused === a.calls ? `${a.name} (refused)` : a.name));
  return `${listed(names, NAMED.apis, 'other APIs')}: ${calls} calls${outcome(refused, calls)}`;
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`);
function outcome(refused: number, calls: number): string {
  if (refused === 0) return calls === 1 ? ', with success' : ', all with success';
  return refused === calls ? ', refused' : `, ${refused} of them refused`;
}

function targetText(callers: readonly StageCaller[]): string[] {
  const targets = callers[0]?.targets ?? [];
  return targets.length === 0 ? [] : [`It concerned ${listed(targets.map(nameOf), NAMED.targets)}.`];
}

function reportText(reports: readonly Told[]): string[] {
  return [...groupBy(reports, (f) => f.provider)].map(
    ([provider, own]) =>
      `${providerName(provider)} reports: ${listed(
        unique(own.map((f) => clip(titleOf(f), 140))).map((t) => `"${t}"`),
        NAMED.reports,
      )}.`,
  );
}

/** What the baseline findings name, each kind of thing once. */
function habitText(habits: readonly Told[]): string {
  const kinds = groupBy(habits, (f) => f.title);
  const told = [...kinds].map(
    ([title, own]) =>
      `${title} (${clip(unique(own.map((f) => detailsOf(f).split('. ')[0] ?? '')).join('; '), 140)})`,
  );
  const first = habits.reduce((min, f) => (f.first < min ? f.first : min), habits[0]?.first ?? '');
  return `Against the days before, from ${clock(first)} on: ${told.join('; ')}.`;
}
