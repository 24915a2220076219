import type { Exhibit } from '../../../shared/model/exhibit';
import type { ReportModel } from '../model';
import { escape } from './escape';
import { fraction, shortTime } from './format';

/** What every part of the page is drawn from. */
export interface Sheet {
  readonly model: ReportModel;
  /** Page of each section, when known. */
  readonly pages: ReadonlyMap<string, number>;
  /** A time of the evidence in the report's zone to the second: `2023-07-10 11:42:18`. */
  readonly clock: (iso: string) => string;
  /** The same with microseconds when there are any. */
  readonly exact: (iso: string) => string;
  /** The zone as the heads of columns name it. */
  readonly zone: string;
  /** A sentence of the answers as HTML text, with its times in the report's zone. */
  readonly told: (text: string) => string;
}

export function sheetOf(model: ReportModel, pages: ReadonlyMap<string, number>): Sheet {
  const { zone } = model.head;
  const clock = zone === 'UTC' ? shortTime : zonedClock(zone);
  const exact = (iso: string) => `${clock(iso)}${fraction(iso)}`;
  const told = (text: string) =>
    escape(
      zone === 'UTC'
        ? text
        : text.replace(
            /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/g,
            (_, day: string, time: string) => `${clock(`${day}T${time}.000000Z`)} ${zone}`,
          ),
    );
  return { model, pages, clock, exact, zone, told };
}

function zonedClock(zone: string): (iso: string) => string {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (iso) => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? iso : format.format(at).replace('\u202f', ' ');
  };
}

/** `[Ex. 1-3, 1-4]` with links; a long list names the first ones. */
export function cite(index: number, list: readonly Exhibit[]): string {
  return citeLabels(list.map((e) => `${index}-${e.n}`));
}

const CITED = 4;

export function citeLabels(labels: readonly string[]): string {
  if (labels.length === 0) return '';
  const shown = labels.slice(0, CITED).map((label) => `<a href="#x-${label}">${label}</a>`);
  const more = labels.length > CITED ? ` +${labels.length - CITED}` : '';
  return `<span class="ex">Ex.&nbsp;${shown.join(', ')}${more}</span>`;
}
