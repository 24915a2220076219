import type { CallName } from '../../shared/contract/index';
import { breakdownQueries } from './breakdown';
import { compareQueries } from './compare';
import { consoleQueries } from './console';
import { entityQueries } from './entity';
import { evidenceQueries } from './evidence';
import { findingQueries } from './findings';
import type { QueryHandlers } from './handlers';
import { incidentQueries } from './incidents';
import { mapQueries } from './map';
import { indicatorQueries } from './indicators';
import { noteQueries } from './notes';
import { recordQueries } from './records';
import { ruleQueries } from './rules';
import { searchQueries } from './search/index';
import { sourceMapQueries } from './source-maps';
import { summaryQueries } from './summary';
import { timelineQueries } from './timeline';
import { volumeQueries } from './volume';

export type QueryCall = Exclude<
  CallName,
  | `case/${string}`
  | `bundle/${string}`
  | `analysis/${string}`
  | `job/${string}`
  | `dialog/${string}`
  | `shell/${string}`
  | `clipboard/${string}`
  | `report/${string}`
  | `session/${string}`
  | `screen/${string}`
  | `log/${string}`
  | `crash/${string}`
  | `diagnostics/${string}`
  | 'notes/put'
  | 'notes/remove'
  | 'notes/export'
  | 'notes/merge'
  | `keep/${string}`
  | 'records/reveal'
  | 'rules/share'
  | 'rules/take'
  | 'indicators/import'
  | 'indicators/remove'
>;

/** Every question about the open case. A call of the contract without a handler does not compile. */
export const queryHandlers: QueryHandlers<QueryCall> = {
  ...breakdownQueries,
  ...evidenceQueries,
  ...sourceMapQueries,
  ...recordQueries,
  ...consoleQueries,
  ...summaryQueries,
  ...incidentQueries,
  ...findingQueries,
  ...entityQueries,
  ...searchQueries,
  ...timelineQueries,
  ...noteQueries,
  ...indicatorQueries,
  ...compareQueries,
  ...ruleQueries,
  ...volumeQueries,
  ...mapQueries,
};
