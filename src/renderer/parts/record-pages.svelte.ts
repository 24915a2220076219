import { PagedRows } from '../api/paged.svelte';
import type { RecordList } from '../workbench/records.svelte';
import type { Workbench } from '../workbench/workbench.svelte';
import { recordRows, type RecordRow } from './record-row';

/** The records of a list, page by page. A null list asks for nothing. Made while a component is set up. */
export function recordPages(workbench: Workbench, list: () => RecordList | null): PagedRows<RecordRow> {
  return new PagedRows<RecordRow>(
    workbench,
    () => {
      const asked = list();
      return asked === null ? null : JSON.stringify([asked.call, asked.request]);
    },
    async (page) => {
      const asked = list();
      if (asked === null) return { total: 0, rows: [] };
      const table = await workbench.client.call(asked.call, { ...asked.request, page } as never);
      return { total: table.total, rows: recordRows(table) };
    },
  );
}
