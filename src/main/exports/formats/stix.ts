import { isIPv4, isIPv6 } from 'node:net';
import { TACTICS } from '../../../shared/model/tactic';
import type { Incident } from '../../../shared/model/incident';
import type { ExportFormat } from '../format';
import { uuid5 } from '../identifiers';
import type { ExportIndicator, ExportSource } from '../source';

/** The namespace of the specification for ids of cyber-observable objects (STIX 2.1, 2.9). */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
const ATTACK_URL = 'https://attack.mitre.org/techniques/';

type StixObject = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** STIX 2.1: for each indicator its pattern, what was observed, and which techniques it points at; a report an incident. */
export const stix: ExportFormat = {
  name: 'stix',
  extension: '.json',
  summary: 'STIX 2.1 bundle: indicators, observed data, attack patterns, reports',
  write: function* ({ source }) {
    yield `${JSON.stringify(new Bundle(source).done(), null, 1)}\n`;
  },
};

/** STIX takes at most milliseconds in practice; the evidence's microseconds stay in the records. */
const stamp = (iso: string) => `${iso.slice(0, 23)}Z`;

class Bundle {
  private readonly objects = new Map<string, StixObject>();
  private readonly written: string;
  private readonly author: string;

  constructor(private readonly source: ExportSource) {
    this.written = stamp(source.writtenAt);
    this.author = this.add('identity', 'author', {
      name: `${source.tool.name} ${source.tool.version}`,
      identity_class: 'system',
      description: `Case ${source.case.name} (${source.case.id})`,
    });
  }

  done(): object {
    const patterns = new Map(this.source.techniques.map((t) => [t.id, this.technique(t)]));
    const made = this.source.indicators.map((i) => ({ i, refs: this.indicator(i, patterns) }));
    for (const incident of this.source.incidents) {
      const own = made.filter(({ i }) => i.incidentIds.includes(incident.id)).flatMap(({ refs }) => refs);
      const shown = incident.techniques.flatMap((id) => patterns.get(id) ?? []);
      this.report(incident, [...new Set([...own, ...shown])]);
    }
    const objects = [...this.objects.values()];
    return { type: 'bundle', id: `bundle--${uuid5(this.source.case.id, `stix ${this.written}`)}`, objects };
  }

  /** Adds a domain or relationship object; its id comes from the case and `name`. */
  private add(type: string, name: string, properties: Readonly<Record<string, unknown>>): string {
    const id = `${type}--${uuid5(this.source.case.id, `${type} ${name}`)}`;
    this.objects.set(id, {
      type,
      spec_version: '2.1',
      id,
      ...(type === 'identity' ? {} : { created_by_ref: this.author }),
      created: this.written,
      modified: this.written,
      ...properties,
    });
    return id;
  }

  private observable(type: string, contributing: Readonly<Record<string, unknown>>): string {
    const id = `${type}--${uuid5(OBSERVABLES, canonical(contributing))}`;
    this.objects.set(id, { type, spec_version: '2.1', id, ...contributing });
    return id;
  }

  private technique({ id, name, tactic }: ExportSource['techniques'][number]): string {
    const known = TACTICS.some((t) => t.slug === tactic);
    return this.add('attack-pattern', id, {
      name,
      ...(known ? { kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: tactic }] } : {}),
      external_references: [
        { source_name: 'mitre-attack', external_id: id, url: `${ATTACK_URL}${id.replace('.', '/')}/` },
      ],
    });
  }

  /** The indicator with what it rests on; gives the ids of all of it. */
  private indicator(i: ExportIndicator, patterns: ReadonlyMap<string, string>): string[] {
    const name = `${i.type} ${i.value}`;
    const [first, last] = [stamp(i.first), stamp(i.last)];
    const observable = this.observed(i);
    const observed = this.add('observed-data', name, {
      first_observed: first,
      last_observed: last,
      number_observed: Math.min(999_999_999, Math.max(1, i.records)),
      object_refs: [observable],
    });
    const indicator = this.add('indicator', name, {
      name,
      description: `Seen in ${i.records} records of findings.`,
      indicator_types: ['malicious-activity'],
      pattern: patternOf(i),
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: first,
    });
    const sighting = this.add('sighting', name, {
      first_seen: first,
      last_seen: last,
      count: Math.min(999_999_999, Math.max(1, i.records)),
      sighting_of_ref: indicator,
      observed_data_refs: [observed],
      where_sighted_refs: [this.author],
    });
    const links = [
      this.relate('based-on', indicator, observed),
      ...i.techniques.flatMap((id) => {
        const pattern = patterns.get(id);
        return pattern === undefined ? [] : [this.relate('indicates', indicator, pattern)];
      }),
    ];
    return [observable, observed, indicator, sighting, ...links];
  }

  private relate(kind: string, from: string, to: string): string {
    return this.add('relationship', `${kind} ${from} ${to}`, {
      relationship_type: kind,
      source_ref: from,
      target_ref: to,
    });
  }

  private observed({ type, value }: ExportIndicator): string {
    if (type === 'address' && isIPv4(value)) return this.observable('ipv4-addr', { value });
    if (type === 'address' && isIPv6(value)) return this.observable('ipv6-addr', { value });
    if (type === 'userAgent') return this.observable('software', { name: value });
    return this.observable('user-account', { user_id: value, account_type: 'aws' });
  }

  private report(incident: Incident, refs: readonly string[]): void {
    const told = [...incident.answers.how, ...incident.answers.where].map((s) => s.text).join('\n');
    this.add('report', incident.id, {
      name: incident.title,
      description: told,
      report_types: ['threat-report'],
      published: this.written,
      labels: [`severity-${incident.severity}`],
      object_refs: refs.length > 0 ? refs : [this.author],
    });
  }
}

/** JSON with sorted keys, as the specification takes for ids. */
function canonical(properties: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function patternOf({ type, value }: ExportIndicator): string {
  if (type === 'address' && isIPv4(value)) return `[ipv4-addr:value = ${literal(value)}]`;
  if (type === 'address' && isIPv6(value)) return `[ipv6-addr:value = ${literal(value)}]`;
  // A family names product and platform; the header has versions between them.
  if (type === 'userAgent')
    return `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' LIKE ${literal(`%${value.split(' ')[0] ?? value}%`)}]`;
  return `[user-account:user_id = ${literal(value)}]`;
}
