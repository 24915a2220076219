import { isIP } from 'node:net';
import { SEVERITIES, severityRank } from '../../../shared/model/severity';
import type { ExportFormat } from '../format';
import { uuid5 } from '../identifiers';
import type { ExportIndicator, ExportSource } from '../source';

/** Type, category and whether MISP should hand it to detection tools. */
const ATTRIBUTE: Readonly<Record<ExportIndicator['type'], readonly [string, string, boolean]>> = {
  address: ['ip-src', 'Network activity', true],
  userAgent: ['user-agent', 'Network activity', false],
  accessKey: ['text', 'Attribution', false],
  principal: ['text', 'Attribution', false],
};

/** One MISP event with an attribute an indicator; unpublished, shared with the own organisation only. */
export const misp: ExportFormat = {
  name: 'misp',
  extension: '.json',
  summary: 'one MISP event with the indicators as attributes',
  write: function* ({ source }) {
    yield `${JSON.stringify({ Event: event(source) }, null, 1)}\n`;
  },
};

const seconds = (iso: string) => String(Math.floor(Date.parse(iso) / 1000));

function event(source: ExportSource): object {
  const worst = Math.max(0, ...source.incidents.map((i) => severityRank(i.severity)));
  const first = source.incidents.reduce((min, i) => (i.first < min ? i.first : min), source.writtenAt);
  return {
    uuid: uuid5(source.case.id, 'misp'),
    info: source.incidents.map((i) => i.title).join('; ') || `${source.case.name}: no incident`,
    date: first.slice(0, 10),
    // 1 high, 2 medium, 3 low, 4 undefined.
    threat_level_id: SEVERITIES[worst] === 'low' || worst === 0 ? '3' : worst >= 3 ? '1' : '2',
    analysis: '1',
    distribution: '0',
    published: false,
    timestamp: seconds(source.writtenAt),
    Orgc: { name: source.tool.name, uuid: uuid5('00000000-0000-0000-0000-000000000000', source.tool.name) },
    Tag: [
      { name: 'tlp:amber' },
      ...source.techniques.map((t) => ({ name: `misp-galaxy:mitre-attack-pattern="${t.name} - ${t.id}"` })),
    ],
    Attribute: source.indicators.map((i) => attribute(source, i)),
  };
}

function attribute(source: ExportSource, indicator: ExportIndicator): object {
  const [type, category, detect] = ATTRIBUTE[indicator.type];
  const address = indicator.type === 'address' && isIP(indicator.value) === 0;
  return {
    uuid: uuid5(source.case.id, `misp ${indicator.type} ${indicator.value}`),
    type: address ? 'text' : type,
    category: address ? 'Other' : category,
    value: indicator.value,
    to_ids: detect && !address,
    distribution: '5',
    comment: `${indicator.type}, ${indicator.records} records, ${indicator.techniques.join(' ')}`,
    first_seen: indicator.first.replace('Z', '+00:00'),
    last_seen: indicator.last.replace('Z', '+00:00'),
    timestamp: seconds(source.writtenAt),
  };
}
