/** What of the analysis stays with the product, where it is, and what stands in for it beyond one machine. */
export const NOT_TRANSLATED = [
  {
    what: 'ASOF joins: networks of addresses, calls forwarded by a service',
    where: 'baselines/geography/places.sql, lineage/forwarded.sql',
    replacement:
      'take address_places and lineage_edges of each case from the lake; for new addresses a range join on the numeric address, broadcast',
  },
  {
    what: 'recursion over keys: roots of credentials',
    where: 'lineage/chain.sql, sessions.sql',
    replacement:
      'take credentials.root of each case; across cases run statement 05-issued and join it to itself until no row is added (five steps cover a chain of five roles)',
  },
  {
    what: 'Sigma rules, compiled to one scan with a bit for each rule',
    where: 'detections/sigma',
    replacement:
      'take findings and finding_events; sigma-cli has back ends for both engines where rules must run there',
  },
  {
    what: 'correlations with windows, beaconing and change points',
    where: 'detections/sigma/windows.ts, detections/statistical',
    replacement:
      'take findings; RANGE windows over time exist in Trino and Spark, quantile_cont is approx_percentile there',
  },
  {
    what: 'baselines with tests of significance',
    where: 'baselines',
    replacement:
      'statement 03-new-networks for values that are new; volumes by approx_percentile over activity',
  },
  {
    what: 'grouping of findings, strands, hands, incidents and their answers',
    where: 'grouping, investigation',
    replacement:
      'no SQL: run the product over the days and accounts in question and put the case into the lake',
  },
  {
    what: 'de-duplication and reading of originals',
    where: 'ingest',
    replacement: 'the parts in the lake are read already; the column duplicate says which records are copies',
  },
  {
    what: 'content_hash (unsigned 64 bits)',
    where: 'evidence/schema.sql',
    replacement: 'left out of the tables for Trino and Spark; event_id and duplicate do for queries',
  },
] as const;
