import { escapeMarkup } from './escape-markup';
import type { DrawnGraph } from './model';

const KEYS = ['kind', 'type', 'label', 'severity', 'events'] as const;

/** The drawn graph as GraphML, for Gephi, yEd and others. Labels come from logs: they are text, never markup. */
export function toGraphml({ nodes, edges }: DrawnGraph): string {
  const keys = KEYS.map(
    (name) =>
      `<key id="${name}" for="${name === 'kind' || name === 'events' ? 'all' : 'node'}" attr.name="${name}" attr.type="${name === 'events' ? 'long' : 'string'}"/>`,
  );
  const data = (name: string, value: string | number | null): string =>
    value === null ? '' : `<data key="${name}">${escapeMarkup(String(value))}</data>`;
  const drawnNodes = nodes.map(
    (node) =>
      `<node id="${escapeMarkup(node.key)}">${KEYS.map((name) => data(name, node[name])).join('')}</node>`,
  );
  const drawnEdges = edges.map(
    ({ key, source, target, kind, events }) =>
      `<edge id="${escapeMarkup(key)}" source="${escapeMarkup(source)}" target="${escapeMarkup(target)}">${data('kind', kind)}${data('events', events)}</edge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${keys.join('\n')}
<graph edgedefault="directed">
${[...drawnNodes, ...drawnEdges].join('\n')}
</graph>
</graphml>
`;
}
