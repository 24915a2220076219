/** The layers of the product: each step of the method looks back only (docs/architecture.md). */
const steps = [
  'db',
  'case',
  'evidence',
  'sources',
  'ingest',
  'entities',
  'integrity',
  'coverage',
  'indicators',
  'baselines',
  'detections',
  'lineage',
  'permissions',
  'grouping',
  'investigation',
  'redaction',
  'report',
  'exports',
  'lake',
  'custody',
  'diagnostics',
  'migration',
  'pipeline',
];
const hosts = '^src/main/(shell|queries|worker|cli|index)';

const lookBack = steps.map((step, i) => ({
  name: `${step}-looks-back-only`,
  comment: `${step} may import only earlier steps of the method: ${steps.slice(0, i).join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: `^src/main/${step}/` },
  to: { path: `^src/main/(${steps.slice(i + 1).join('|') || 'none'})/` },
}));

module.exports = {
  forbidden: [
    ...lookBack,
    {
      name: 'domain-knows-no-host',
      severity: 'error',
      comment: 'The domain runs in plain Node: it may not import a process host.',
      from: { path: `^src/main/(${steps.join('|')})/` },
      to: { path: hosts },
    },
    {
      name: 'electron-in-shell-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/(shell/|index\\.ts)|preload/)' },
      to: { path: '^(node_modules/)?electron($|/)' },
    },
    {
      name: 'duckdb-in-db-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/db/' },
      to: { path: '@duckdb/' },
    },
    {
      name: 'shared-is-the-bottom',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/(main|renderer|preload|sample)/' },
    },
    {
      name: 'renderer-knows-no-main',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(main|sample)/' },
    },
    {
      name: 'main-knows-no-renderer',
      severity: 'error',
      from: { path: '^src/(main|preload|sample)/' },
      to: { path: '^src/renderer/' },
    },
    {
      name: 'sample-knows-shared-only',
      severity: 'error',
      from: { path: '^src/sample/' },
      to: { path: '^src/(main|renderer|preload)/' },
    },
    {
      name: 'sample-in-cli-only',
      severity: 'error',
      comment: 'The product never reads the composer: only the sample command writes bundles.',
      from: { path: '^src/', pathNot: '^src/(sample/|main/cli/|main/queries/|main/worker/)' },
      to: { path: '^src/sample/' },
    },
    {
      name: 'sources-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/main/sources/([^/]+)/.+' },
      to: { path: '^src/main/sources/([^/]+)/.+', pathNot: '^src/main/sources/$1/' },
    },
    {
      name: 'detectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/main/detections/statistical/([^/]+)\\.ts$' },
      to: {
        path: '^src/main/detections/statistical/',
        pathNot: '^src/main/detections/statistical/(index|detector)\\.ts$',
      },
    },
    {
      name: 'views-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/renderer/views/([^/]+)/.+' },
      to: { path: '^src/renderer/views/([^/]+)/.+', pathNot: '^src/renderer/views/$1/' },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^src/renderer/(ui|format)/' },
      to: { path: '^src/renderer/(views|api|graph|app)/' },
    },
    {
      name: 'graph-core-knows-no-svelte',
      severity: 'error',
      from: { path: '^src/renderer/graph/.+\\.ts$', pathNot: '\\.svelte\\.ts$' },
      to: { path: '(^|/)svelte($|/)' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
      extensions: ['.ts', '.svelte.ts', '.svelte', '.js', '.json', '.sql'],
    },
  },
};
