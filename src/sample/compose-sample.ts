import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../shared/errors/app-error';
import { allOf, type Conditions, conditionsOf, lengthOf } from './conditions';
import { type Background, composeBackground } from './background/background';
import { FlowTraffic } from './background/flow-traffic';
import { MachineCalls } from './background/machine-calls';
import type { Task } from './background/task';
import { Random } from './random/random';
import { SCENARIOS } from './scenarios';
import type { ComposedEvent } from './stage/event';
import { Stage } from './stage/stage';
import type { Truth } from './stage/truth';
import { slotLength, shareOut } from './slots';
import { DAY, exactOf, HOUR } from './world/calendar';
import { composeWorld, type World } from './world/world';
import { CloudTrailWriter } from './writers/cloudtrail-writer';
import { writeAudits } from './writers/audit-writer';
import { writeFindings } from './writers/finding-writer';
import { FlowWriter } from './writers/flow-writer';
import { GzipFiles } from './writers/gzip-files';

interface SampleOptions {
  /** Gets `bundle/` and `truth.json`; an older `bundle/` there is replaced. */
  readonly out: string;
  readonly seed?: number;
  /** Different CloudTrail events; a little more when the scripted life alone needs more. */
  readonly events?: number;
  readonly flows?: number;
  readonly scenario?: string;
  readonly days?: number;
  /** Draws the length, 2 hours to 90 days, and which logs are missing from the seed. */
  readonly vary?: boolean;
  readonly progress?: (progress: {
    readonly share: number;
    readonly events: number;
    readonly flows: number;
  }) => void;
  readonly signal?: AbortSignal;
}

export interface SampleSummary {
  readonly bundle: string;
  readonly truth: string;
  readonly seed: number;
  readonly scenario: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly events: number;
  /** CloudTrail records in the files: some events are delivered twice. */
  readonly records: number;
  readonly flows: number;
  readonly findings: number;
  readonly files: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** The bundle these figures describe has density 1. */
const STANDARD = { events: 200_000, days: 30 };
/** How much of what people seldom do happens in an ordinary month. */
const ODD_SHARE = 0.4;
/** Days of the shortest world; shorter bundles are excerpts of it. */
const SHORTEST = 7;
/** A short excerpt is no larger than a busy firm's. */
const MOST_AN_HOUR = 900;

/**
 * Writes a bundle of logs of an invented firm, with or without an intruder, and beside it the truth about it. The same
 * options give the same bytes. Records are composed slot by slot: memory does not grow with the size.
 * Throws `usage` for an unknown scenario and `job.cancelled` when the signal aborts.
 */
export async function composeSample(options: SampleOptions): Promise<SampleSummary> {
  const begun = Date.now();
  const { out, seed = 1, flows = 1_000_000, vary = false } = options;
  const scenario = SCENARIOS.get(options.scenario ?? 'full-intrusion');
  if (!scenario) {
    const known = [...SCENARIOS.keys()].join(', ');
    throw new AppError('usage', {
      detail: `There is no scenario ${options.scenario ?? ''}. Known: ${known}.`,
    });
  }
  const random = new Random(`coldtrail/${seed}`);
  const drawn = random.fork(`conditions/${scenario.id}`);
  const length = vary ? lengthOf(drawn) : (options.days ?? STANDARD.days) * DAY;
  const days = vary ? Math.max(SHORTEST, Math.ceil(length / DAY)) : length / DAY;
  if (days < SHORTEST) throw new AppError('usage', { detail: `A sample has at least ${SHORTEST} days.` });
  const events = vary
    ? Math.min(options.events ?? STANDARD.events, Math.round((length / HOUR) * MOST_AN_HOUR))
    : (options.events ?? STANDARD.events);
  const density = Math.min(3, Math.max(0.05, (events / length / STANDARD.events) * STANDARD.days * DAY));
  const world = composeWorld({ days, size: density }, random.fork('world'));
  const stage = new Stage(world, random.fork(`story/${scenario.id}`), density);
  scenario.play(stage);
  const victims = new Set(stage.victimInstances());
  const background = composeBackground(
    world,
    { density, around: stage.opening, victims, oddShare: scenario.oddShare ?? ODD_SHARE },
    random.fork('background'),
  );
  const conditions = vary ? conditionsOf(world, stage.begins, length, drawn) : allOf(world);
  const bundle = join(out, 'bundle');
  await rm(bundle, { recursive: true, force: true });
  await mkdir(bundle, { recursive: true });
  const written = await new Composition(
    { world, stage, background, conditions, random: random.fork('files'), bundle, events, flows },
    options,
  ).write();
  const truthFile = join(out, 'truth.json');
  await writeFile(
    truthFile,
    `${JSON.stringify(truthOf(stage, background, conditions, { seed, scenario: scenario.id }), null, 2)}\n`,
  );
  return {
    bundle,
    truth: truthFile,
    seed,
    scenario: scenario.id,
    accounts: world.accounts.map((a) => a.id),
    regions: world.accounts[0].regions,
    ...written,
    seconds: Math.round((Date.now() - begun) / 10) / 100,
  };
}

function truthOf(
  stage: Stage,
  background: Background,
  conditions: Conditions,
  head: { seed: number; scenario: string },
): Truth {
  const { from, until, missing } = conditions;
  const delivered = new Set(
    stage.events
      .filter((event) => event.time >= from && event.time < until && conditions.holds(event))
      .map((event) => event.eventId),
  );
  const ordered = [...stage.incidents].sort((a, b) => a.startedAt - b.startedAt);
  const incidents = ordered
    .map((incident) => incident.finish((id) => delivered.has(id)))
    .filter((incident) => incident !== null);
  return {
    ...head,
    firstIntrusion: incidents[0]?.firstIntrusion ?? null,
    incidents,
    benign: [...stage.benign, ...background.benign],
    conditions: { hours: Math.round((until - from) / HOUR), missing },
  };
}

interface Parts {
  readonly world: World;
  readonly stage: Stage;
  readonly background: Background;
  readonly conditions: Conditions;
  readonly random: Random;
  readonly bundle: string;
  readonly events: number;
  readonly flows: number;
}

type Written = Pick<
  SampleSummary,
  'first' | 'last' | 'events' | 'records' | 'flows' | 'findings' | 'files' | 'bytes'
>;

/** One run over the time of the world, slot by slot, into files. */
class Composition {
  private readonly pending = new Map<number, ComposedEvent[]>();
  private readonly length: number;
  private readonly count: number;
  private events = 0;
  private flows = 0;
  private first = Infinity;
  private last = -Infinity;

  constructor(
    private readonly parts: Parts,
    private readonly options: SampleOptions,
  ) {
    const { from, until } = parts.conditions;
    this.length = slotLength(Math.max(parts.events, parts.flows / 5), (until - from) / DAY);
    this.count = Math.ceil((until - from) / this.length);
  }

  async write(): Promise<Written> {
    const { world, stage, background, conditions, random, bundle } = this.parts;
    const files = new GzipFiles();
    const trail = new CloudTrailWriter(bundle, files, random.fork('cloudtrail'), (account) =>
      stage.silencedAt(account),
    );
    const flowFiles = new FlowWriter(bundle, files, random.fork('flow-files'), world.networks);
    const machines = new MachineCalls(world);
    const traffic = new FlowTraffic(world, random.fork('traffic'));
    const { zoneHours } = world.staff.country;
    const slots = { start: conditions.from, count: this.count, length: this.length, zoneHours };
    for (const event of stage.events) this.keep(event);
    const scripted = this.scriptedFlows();
    const calls = shareOut(Math.max(0, this.parts.events - this.countScripted()), slots);
    const flowDue = shareOut(
      conditions.hasFlows ? Math.max(0, this.parts.flows - count(scripted)) : 0,
      slots,
    );
    let task = 0;
    for (let slot = 0; slot < this.count; slot += 1) {
      if (this.options.signal?.aborted) throw new AppError('job.cancelled');
      const from = conditions.from + slot * this.length;
      const until = from + this.length;
      for (let next = background.tasks[task]; next && next.start < until; next = background.tasks[task]) {
        next.run(taskRandom(random, next), (event) => {
          this.keep(event);
        });
        task += 1;
      }
      const events = this.pending.get(slot) ?? [];
      this.pending.delete(slot);
      machines.run(calls[slot] ?? 0, from, until, random.fork(`machines/${slot}`), (event) => {
        if (event.time < conditions.until && conditions.holds(event)) events.push(event);
      });
      this.tally(events);
      await trail.writeSlot(events, until);
      const ahead = scripted.get(slot) ?? [];
      this.flows += ahead.length;
      const filling = { due: flowDue[slot] ?? 0, from, ahead };
      this.fillFlows(traffic, filling, random.fork(`flows/${slot}`), flowFiles);
      await flowFiles.writeSlot(from);
      this.options.progress?.({ share: (slot + 1) / this.count, events: this.events, flows: this.flows });
    }
    const findings = conditions.hasFindings
      ? [...stage.findings, ...background.findings].filter((f) => this.slotOf(f.time) >= 0)
      : [];
    await writeFindings(findings, { bundle, files, random: random.fork('findings') });
    const audits = stage.audits.filter((line) => this.slotOf(line.time) >= 0);
    await writeAudits(audits, { bundle, files, random: random.fork('audits') });
    await files.finish();
    return {
      first: exactOf(this.first),
      last: exactOf(this.last),
      events: this.events,
      records: trail.delivered,
      flows: this.flows,
      findings: findings.length,
      files: files.files,
      bytes: files.bytes,
    };
  }

  private slotOf(time: number): number {
    const { from, until } = this.parts.conditions;
    return time < from || time >= until ? -1 : Math.floor((time - from) / this.length);
  }

  /** Holds an event until its slot is written; what lies outside the bundle's time is not in the bundle. */
  private keep(event: ComposedEvent): void {
    const slot = this.slotOf(event.time);
    if (slot < 0 || !this.parts.conditions.holds(event)) return;
    const list = this.pending.get(slot);
    if (list) list.push(event);
    else this.pending.set(slot, [event]);
  }

  /** How many events people and scripts make, by running them once for the count. */
  private countScripted(): number {
    const { stage, background, conditions, random } = this.parts;
    let count = 0;
    const tick = (event: ComposedEvent): void => {
      if (this.slotOf(event.time) >= 0 && conditions.holds(event)) count += 1;
    };
    stage.events.forEach(tick);
    for (const task of background.tasks) task.run(taskRandom(random, task), tick);
    return count;
  }

  private scriptedFlows(): Map<number, Stage['flows'][number][]> {
    const slots = new Map<number, Stage['flows'][number][]>();
    if (!this.parts.conditions.hasFlows) return slots;
    for (const flow of this.parts.stage.flows) {
      const slot = this.slotOf(flow.time);
      if (slot < 0) continue;
      slots.set(slot, [...(slots.get(slot) ?? []), flow]);
    }
    for (const flows of slots.values()) flows.sort((a, b) => a.time - b.time);
    return slots;
  }

  private fillFlows(
    traffic: FlowTraffic,
    slot: { due: number; from: number; ahead: readonly Stage['flows'][number][] },
    random: Random,
    files: FlowWriter,
  ): void {
    const sink = (_: number, network: Parameters<FlowWriter['add']>[0], text: string): void => {
      files.add(network, text);
    };
    let rows = 0;
    let ahead = 0;
    const scriptedUntil = (time: number): void => {
      for (let flow = slot.ahead[ahead]; flow && flow.time < time; flow = slot.ahead[ahead]) {
        files.add(flow.network, flow.text);
        ahead += 1;
      }
    };
    while (rows < slot.due) {
      const time = Math.floor(slot.from + (rows / slot.due) * this.length);
      scriptedUntil(time);
      // Conversations have up to four rows; the last few places are filled one by one.
      rows +=
        slot.due - rows >= 4
          ? traffic.converse(time, random, sink)
          : traffic.idle(traffic.anyHost(random), time, random, sink);
    }
    scriptedUntil(Infinity);
    this.flows += rows;
  }

  private tally(events: readonly ComposedEvent[]): void {
    this.events += events.length;
    for (const { time } of events) {
      if (time < this.first) this.first = time;
      if (time > this.last) this.last = time;
    }
  }
}

/** How many rows are scripted. */
function count(slots: ReadonlyMap<number, readonly unknown[]>): number {
  return [...slots.values()].reduce((sum, rows) => sum + rows.length, 0);
}

function taskRandom(random: Random, task: Task): Random {
  return random.fork(`task/${task.name}`);
}
