import type { ExportFormat } from '../format';

/** GraphML 1.0 with the attributes of nodes and edges as typed data. */
export const graphml: ExportFormat = {
  name: 'graphml',
  extension: '.graphml',
  summary: 'entities and findings with their links for Gephi, yEd, igraph',
  write: function* ({ source }) {
    const keys = [
      ['kind', 'node', 'string'],
      ['type', 'node', 'string'],
      ['label', 'node', 'string'],
      ['severity', 'node', 'string'],
      ['records', 'node', 'long'],
      ['relation', 'edge', 'string'],
      ['weight', 'edge', 'long'],
    ] as const;
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n';
    for (const [name, of, type] of keys)
      yield ` <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>\n`;
    yield ` <graph id="${xml(source.case.id)}" edgedefault="directed">\n`;
    // A redacted key is no key any more when two things got one pseudonym; numbers are.
    const ids = new Map(source.graph.nodes.map((node, i) => [node.key, `n${i}`]));
    for (const node of source.graph.nodes) {
      const { kind, type, label, severity, events } = node;
      yield `  <node id="${ids.get(node.key) ?? ''}">${data({ kind, type, label, severity, records: events })}</node>\n`;
    }
    for (const [i, edge] of source.graph.edges.entries()) {
      const [from, to] = [ids.get(edge.source), ids.get(edge.target)];
      if (from !== undefined && to !== undefined)
        yield `  <edge id="e${i}" source="${from}" target="${to}">${data({ relation: edge.kind, weight: edge.events })}</edge>\n`;
    }
    yield ' </graph>\n</graphml>\n';
  },
};

function data(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .map(([key, value]) => (value === null ? '' : `<data key="${key}">${xml(String(value))}</data>`))
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML 1.0 knows no control characters but tab and line ends, and no lone surrogates: they become U+FFFD. */
function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
}
