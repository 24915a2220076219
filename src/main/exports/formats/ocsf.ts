import { TACTICS } from '../../../shared/model/tactic';
import { severityRank } from '../../../shared/model/severity';
import { technique } from '../../detections';
import type { ExportFormat } from '../format';
import type { ExportFinding, ExportSource } from '../source';

const VERSION = '1.3.0';
/** Detection Finding of the category Findings. */
const CLASS = 2004;
const CREATE = 1;
/** API Activity of an unknown kind: what the cited events are. */
const API_ACTIVITY = 600300;
const ANALYTIC: Readonly<Record<string, readonly [number, string]>> = {
  sigma: [1, 'Rule'],
  baseline: [2, 'Behavioral'],
  statistical: [3, 'Statistical'],
};

/** OCSF Detection Finding, one a line. */
export const ocsf: ExportFormat = {
  name: 'ocsf',
  extension: '.jsonl',
  summary: 'OCSF 1.3 detection findings, one a finding',
  write: function* ({ source }) {
    for (const finding of source.findings) yield `${JSON.stringify(detection(source, finding))}\n`;
  },
};

const millis = (iso: string) => Date.parse(iso);

function detection(source: ExportSource, f: ExportFinding): object {
  const [typeId, type] = ANALYTIC[f.kind] ?? [99, 'Other'];
  const rank = severityRank(f.severity);
  return {
    activity_id: CREATE,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Detection Finding',
    type_uid: CLASS * 100 + CREATE,
    type_name: 'Detection Finding: Create',
    time: millis(f.last),
    start_time: millis(f.first),
    end_time: millis(f.last),
    count: Math.max(1, f.count),
    severity_id: rank + 1,
    severity: `${f.severity.charAt(0).toUpperCase()}${f.severity.slice(1)}`,
    status_id: 1,
    status: 'New',
    message: f.title,
    metadata: {
      version: VERSION,
      profiles: ['cloud'],
      uid: f.id,
      logged_time: millis(source.writtenAt),
      product: { name: source.tool.name, vendor_name: source.tool.name, version: source.tool.version },
    },
    finding_info: {
      uid: f.id,
      title: f.title,
      desc: f.description,
      created_time: millis(f.first),
      first_seen_time: millis(f.first),
      last_seen_time: millis(f.last),
      types: [f.ruleId],
      analytic: { uid: f.ruleId, name: f.title, type_id: typeId, type },
      attacks: f.techniques.map((id) => attack(f, id)),
      related_events: f.eventIds.slice(0, 100).map((uid) => ({ uid, type_uid: API_ACTIVITY })),
    },
    cloud: {
      provider: 'AWS',
      ...(f.region === null ? {} : { region: f.region }),
      ...(f.account === null ? {} : { account: { uid: f.account, type: 'AWS Account', type_id: 10 } }),
    },
    resources: f.entities
      .filter((e) => e.role === 'target')
      .map((e) => ({ uid: e.id, type: e.type, cloud_partition: 'aws' })),
    evidences: [evidence(f)],
    observables: f.entities.flatMap(observable),
    unmapped: { incident_id: f.incidentId, provider: f.provider, severity_reason: f.severityReason },
  };
}

function attack(f: ExportFinding, id: string): object {
  const tactic = TACTICS.find((t) => t.slug === f.tactic);
  const name = (uid: string) => technique(uid)?.name ?? uid;
  const [parent] = id.split('.');
  return {
    version: '19',
    ...(tactic ? { tactic: { uid: tactic.id, name: tactic.name } } : {}),
    technique: { uid: parent, name: name(parent ?? id) },
    ...(id.includes('.') ? { sub_technique: { uid: id, name: name(id) } } : {}),
  };
}

function evidence(f: ExportFinding): object {
  const actor = f.entities.find((e) => e.role === 'actor');
  const address = f.entities.find((e) => e.type === 'address');
  return {
    ...(actor ? { actor: { user: { uid: actor.id, name: actor.id.split('/').pop() ?? actor.id } } } : {}),
    ...(address ? { src_endpoint: { ip: address.id } } : {}),
    data: { records: f.count, event_ids: f.eventIds.slice(0, 100) },
  };
}

const OBSERVABLE: Readonly<Record<string, readonly [number, string, string]>> = {
  address: [2, 'IP Address', 'evidences[].src_endpoint.ip'],
  userAgent: [16, 'HTTP User-Agent', 'unmapped'],
};

function observable(e: ExportFinding['entities'][number]): object[] {
  const [typeId, type, name] = OBSERVABLE[e.type] ?? [10, 'Resource UID', 'resources[].uid'];
  return [{ name, type_id: typeId, type, value: e.id }];
}
