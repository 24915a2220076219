import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportOrder } from '../../../shared/contract/report';
import { AppError } from '../../../shared/errors/app-error';
import { ACTION_LOG } from '../../case/case-folder';
import { logAction } from '../../custody/action-log';
import type { Handlers, QueryContext } from '../../queries/handlers';
import { outgoing } from '../../redaction/outgoing';
import { redactorOf } from '../../redaction/redactor';
import { buildReport } from '../../report/build';
import type { ReportModel } from '../../report/model';
import { renderReportPage } from '../../report/render/html';
import { formatOf, renderReport } from '../../report/render-report';
import { REDACTIONS } from '../../../shared/model/report';
import type { CurrentCase } from '../current-case';
import type { HiddenNames } from '../hidden-names';
import type { PreviewPage } from '../preview-page';
import { printHtml } from '../print';

interface ReportServices {
  readonly current: CurrentCase;
  /** The files that the user chose to be written. */
  readonly granted: ReadonlySet<string>;
  readonly preview: PreviewPage;
  /** While names are hidden, reports have pseudonyms for everything, whatever was ordered. */
  readonly names: Pick<HiddenNames, 'areHidden'>;
}

/**
 * Writing of reports. Only a file that the user chose in the save dialog is written, and never one of the originals.
 */
export function reportHandlers({
  current,
  granted,
  preview,
  names,
}: ReportServices): Handlers<'report/write' | 'report/preview'> {
  const asShown = (order: ReportOrder): ReportOrder =>
    names.areHidden ? { ...order, redaction: [...REDACTIONS] } : order;
  // What only the head changes is drawn from the model at hand: reading every exhibit again takes seconds.
  let last: { readonly key: string; readonly model: ReportModel } | null = null;
  return {
    'report/preview': ({ order: wanted }) =>
      current.ask(async (context) => {
        const order = asShown(wanted);
        const { incidentIds, ...head } = order;
        const key = JSON.stringify([incidentIds, head.redaction, await stateOf(context)]);
        if (last?.key !== key) last = { key, model: await ordered(context, order) };
        const model = { ...last.model, head };
        const html = renderReportPage(model);
        return { address: preview.put(html), bytes: html.length, exhibits: model.exhibits.length };
      }),
    'report/write': ({ path, order: wanted }) =>
      current.ask(async (context) => {
        const order = asShown(wanted);
        const format = formatOf(path);
        if (!granted.has(path)) refuse('the file was not chosen in the save dialog');
        if (format === null) refuse('its name must end in .pdf, .html or .json');
        const { n } = await context.connection.row<{ n: number }>(
          'SELECT count(*) AS n FROM files WHERE path = $path',
          { path },
        );
        if (n > 0) refuse('this file is an original of the case');
        const { bytes, pages } = await renderReport(await ordered(context, order), format, printHtml);
        await writeFile(path, bytes).catch((error: unknown) => {
          refuse(error instanceof Error ? error.message : String(error));
        });
        // A case on a medium that cannot be written is reported all the same.
        await logAction(context.caseFolder, 'reported', {
          path,
          incident: order.incidentIds?.join(',') ?? null,
          redacted: order.redaction.join(','),
        }).catch(() => undefined);
        return { path, pages, bytes: bytes.length };
      }),
  };
}

/** Changes whenever the case holds another analysis or other notes. */
async function stateOf({ caseFolder }: QueryContext): Promise<unknown> {
  const log = await stat(join(caseFolder.path, ACTION_LOG)).catch(() => null);
  return [caseFolder.path, await caseFolder.currentRun(), log?.size ?? 0];
}

async function ordered({ connection, caseFolder }: QueryContext, order: ReportOrder): Promise<ReportModel> {
  const { incidentIds, ...head } = order;
  const redact = head.redaction.length > 0 ? await redactorOf(connection, caseFolder, head.redaction) : null;
  return buildReport(connection, caseFolder, {
    incidentIds,
    now: new Date().toISOString(),
    head,
    outgoing: outgoing(redact),
  });
}

function refuse(detail: string): never {
  throw new AppError('report.failed', { detail });
}
