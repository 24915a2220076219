import { severityRank, type Severity } from '../../../shared/model/severity';
import type { ExportFormat } from '../format';
import type { ExportFinding, ExportSource } from '../source';

const COLORS: Readonly<Record<Severity, string>> = {
  critical: '#7a1230',
  high: '#e06d3c',
  medium: '#e3b341',
  low: '#8fb8d6',
  informational: '#c6ced6',
};

/** A layer of ATT&CK Navigator (format 4.5): the score is the number of findings, the colour their worst severity. */
export const navigator: ExportFormat = {
  name: 'navigator',
  extension: '.json',
  summary: 'ATT&CK Navigator layer 4.5',
  write: function* ({ source }) {
    yield `${JSON.stringify(layer(source), null, 1)}\n`;
  },
};

function layer(source: ExportSource): object {
  const techniques = techniquesOf(source.findings);
  const most = Math.max(1, ...techniques.map((t) => t.score));
  return {
    name: `${source.tool.name}: ${source.case.name}`,
    versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: `${source.findings.length} findings of ${source.incidents.length} incidents. Score: findings of the technique.`,
    filters: { platforms: ['IaaS', 'Identity Provider', 'Containers', 'Linux', 'Windows', 'SaaS'] },
    sorting: 3,
    layout: {
      layout: 'side',
      aggregateFunction: 'sum',
      showID: true,
      showName: true,
      showAggregateScores: true,
      countUnscored: false,
      expandedSubtechniques: 'annotated',
    },
    hideDisabled: false,
    techniques,
    gradient: { colors: ['#ffffff', '#e06d3c'], minValue: 0, maxValue: most },
    legendItems: Object.entries(COLORS).map(([label, color]) => ({ label: `${label} severity`, color })),
    metadata: [
      { name: 'case', value: source.case.id },
      { name: 'written', value: source.writtenAt },
    ],
    links: [],
    showTacticRowBackground: true,
    tacticRowBackground: '#dddddd',
    selectTechniquesAcrossTactics: false,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
  };
}

function techniquesOf(findings: readonly ExportFinding[]) {
  const shown = new Map<string, { id: string; tactic: string; own: ExportFinding[] }>();
  for (const finding of findings) {
    for (const id of finding.techniques) {
      const key = `${id} ${finding.tactic}`;
      const known = shown.get(key);
      if (known) known.own.push(finding);
      else shown.set(key, { id, tactic: finding.tactic, own: [finding] });
    }
  }
  return [...shown.values()]
    .sort((a, b) => a.id.localeCompare(b.id) || a.tactic.localeCompare(b.tactic))
    .map(({ id, tactic, own }) => {
      const [worst] = [...own].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
      return {
        techniqueID: id,
        tactic,
        score: own.length,
        color: COLORS[worst?.severity ?? 'informational'],
        comment: [...new Set(own.map((f) => f.title))].join('; '),
        enabled: true,
        metadata: [
          {
            name: 'first',
            value: own.reduce((min, f) => (f.first < min ? f.first : min), own[0]?.first ?? ''),
          },
          { name: 'severity', value: worst?.severity ?? 'informational' },
        ],
        links: [],
        showSubtechniques: id.includes('.'),
      };
    });
}
