import type { RequestOf } from '../../../src/shared/contract/index';
import type { EntityRef } from '../../../src/shared/model/entity';
import type { QueryCall } from '../../../src/main/queries/index';

const MAP = {
  ...{ name: 'x', files: '*', records: '', lines: '' },
  ...{ time: { field: 'eventTime', format: 'iso' }, columns: {} },
};
const page = { offset: 0, limit: 200 };

interface Subjects {
  readonly entity: EntityRef;
  readonly incidentId: string;
  readonly findingId: string;
  readonly ruleId: string;
  readonly place: { readonly kind: string; readonly fileId: number; readonly recordNo: number } | null;
  readonly fileIds: readonly number[];
  /** What is searched for. */
  readonly texts: readonly string[];
  /** Tables that SQL reads whole. */
  readonly tables: readonly string[];
}

/** Requests for every question that the window can ask about a case. */
export function everyQuestion({
  entity,
  incidentId,
  findingId,
  ruleId,
  place,
  fileIds,
  texts,
  tables,
}: Subjects): { readonly [N in QueryCall]: readonly RequestOf<N>[] } {
  // A call of the contract without a request here does not compile.
  return {
    'evidence/overview': [null],
    'evidence/files': [{ state: null, filter: '', page, sort: null }],
    'evidence/issues': [{ page }],
    'evidence/coverage': [{ columns: 10 }],
    'evidence/gaps': [{ page }],
    'evidence/digests': [{ state: null, filter: '', page }],
    'records/get': place ? [place] : [],
    'source-maps/propose': fileIds.map((fileId) => ({ fileId })),
    'source-maps/preview': fileIds.map((fileId) => ({ fileId, map: MAP })),
    'sql/schema': [null],
    'sql/run': tables.map((table) => ({ text: `SELECT * FROM ${table}_all`, limit: 100 })),
    'incidents/list': [null],
    'incidents/get': [{ id: incidentId }],
    'incidents/graph': [{ id: incidentId }],
    'incidents/timeline': [{ id: incidentId, page }],
    'graph/neighbours': [{ entity, scope: null, limit: 50 }],
    'findings/list': [{ severity: null, filter: '', page, sort: null }],
    'findings/get': [{ id: findingId }],
    'findings/records': [{ id: findingId, page }],
    'investigation/run': [{ entity, scope: null }],
    'investigation/list': [null],
    'investigation/get': [{ id: 'none' }],
    'investigation/compare': [{ before: 'none', after: 'none' }],
    'summary/get': [{ scope: null }],
    'entity/profile': [{ entity, scope: null }],
    'entity/new-behaviour': [{ entity, scope: null }],
    'entity/records': [{ entity, scope: null, filter: '', page }],
    'entity/volume': [{ entity, scope: null, baselineDays: 7 }],
    'search/run': texts.map((text) => ({ text, scope: null, limit: 100 })),
    'search/records': texts.map((text) => ({ text, scope: null, limit: 100, at: 0, notBefore: null })),
    'timeline/lanes': [{ scope: null, by: 'address', filter: '', buckets: 20 }],
    'timeline/records': [{ scope: null, by: 'source', lane: null, filter: '', page }],
    'notes/list': [null],
    'compare/run': [{ a: { entity, scope: null }, b: { entity: null, scope: null } }],
    'compare/records': [{ side: { entity, scope: null }, dimension: 'userAgent', value: 'curl', page }],
    'map/places': [{ scope: null, entity, baselineDays: 7 }],
    'map/place': [{ scope: null, entity: null, baselineDays: 7, country: null, city: null }],
    'map/records': [
      {
        ...{ scope: null, entity: null, baselineDays: 7, country: null, city: null },
        ...{ address: null, principal: null, failed: null, page },
      },
    ],
    'breakdown/rows': [
      {
        ...{ entity, scope: null, log: 'cloudtrail', path: [], conditions: [], join: 'and', by: 'api' },
      },
      {
        ...{ entity: { type: 'cluster', id: 'prod' }, scope: null, log: 'k8s-audit', path: [] },
        ...{ conditions: [], join: 'and', by: 'uri' },
      },
    ],
    'breakdown/records': [
      { entity, scope: null, log: 'cloudtrail', path: [], conditions: [], join: 'and', failed: null, page },
    ],
    'indicators/list': [null],
    'rules/list': [null],
    'rules/get': [{ id: ruleId }],
  };
}
