import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Labelled public sets with a first hostile event: `{name, path, first, techniques}`. Paths are relative to the folder of
 * the data sets (the variable COLDTRAIL_DATASETS).
 */
export function publicSets(datasets) {
  const { datasets: known } = JSON.parse(readFileSync(join(datasets, 'ground-truth.json'), 'utf8'));
  const of = (name) => known.find(({ dataset }) => dataset === name);
  const invictus = of('invictus-aws-dataset');
  const panther = of('panther-scenarios/enrichment-example');
  return [
    {
      name: 'invictus',
      path: join(datasets, 'cloudtrail/invictus-aws-dataset'),
      first: invictus.first_malicious_event,
      techniques: [],
    },
    {
      name: 'panther enrichment',
      path: join(datasets, 'scenarios/panther-scenarios/rendered-s3/enrichment-example'),
      first: panther.first_malicious_event,
      techniques: panther.technique_ids_inferred,
    },
    ...of('stratus-detonation-logs').cases.map((c) => ({
      name: c.stratus_id,
      path: join(datasets, c.file),
      first: c.first_event,
      techniques: [...new Set([...c.technique_ids_upstream, ...c.technique_ids_inferred])],
    })),
  ];
}
