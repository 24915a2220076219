import type { IncidentRow } from '../../shared/contract/incidents';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';
import incidentRowsSql from './sql/incident-rows.sql?raw';

interface Pair {
  readonly name: string;
  readonly n: number;
}
type StoredRow = Omit<IncidentRow, 'entityCounts' | 'findingsBySeverity'> & {
  readonly kinds: readonly Pair[];
  readonly severities: readonly Pair[];
};

const ORDER = `list_position(['critical', 'high', 'medium', 'low', 'informational'], severity), score DESC, first, id`;

/** The question for incidents, most severe first; `where` is SQL of ours over the columns of the rows. */
export function incidentsPanel(where = 'true', params: Params = {}): Panel {
  return new Panel(`SELECT * FROM (\n${incidentRowsSql}) WHERE ${where} ORDER BY ${ORDER}`, params);
}

/** Runs {@link incidentsPanel}. */
export async function incidentRows(connection: Connection, panel: Panel): Promise<IncidentRow[]> {
  const rows = await panel.rows<StoredRow>(connection);
  return rows.map(({ kinds, severities, ...row }) => ({
    ...row,
    entityCounts: counted(kinds),
    findingsBySeverity: counted(severities),
  }));
}

function counted(pairs: readonly Pair[]): Record<string, number> {
  return Object.fromEntries(pairs.map(({ name, n }) => [name, n]));
}
