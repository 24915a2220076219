import * as v from 'valibot';
import { AUDIENCES, REDACTIONS, REPORT_SECTION_IDS } from '../model/report';
import { defineContract } from './define';
import { Nothing, Text } from './words';

const Line = v.nullable(v.pipe(v.string(), v.maxLength(300)));

/** A time zone that the runtime knows. */
const Zone = v.pipe(
  v.string(),
  v.maxLength(60),
  v.check((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'There is no such time zone.'),
);

/** Most characters of a logo as a data: address; about a megabyte of image. */
export const LONGEST_LOGO = 1_400_000;

/** What an organisation says of all its reports; the rest is of one case. */
const ofOrganisation = {
  audience: v.picklist(AUDIENCES),
  /** The chosen sections; null: those of the audience. */
  sections: v.nullable(v.array(v.picklist(REPORT_SECTION_IDS))),
  /** IANA zone of the printed times; `UTC` prints the evidence's own. */
  zone: Zone,
  examiner: Line,
  organisation: Line,
  classification: v.pipe(v.string(), v.maxLength(300)),
  /** A PNG, JPEG or SVG as a data: address; null prints none. */
  logo: v.nullable(
    v.pipe(
      v.string(),
      v.maxLength(LONGEST_LOGO),
      v.regex(/^data:image\/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]*$/),
    ),
  ),
  /** What is replaced by pseudonyms. */
  redaction: v.array(v.picklist(REDACTIONS)),
};

/** What the person who writes the report says about it. */
export const ReportHead = v.object({ ...ofOrganisation, client: Line, reference: Line });
export type ReportHead = v.InferOutput<typeof ReportHead>;

/** The file in which an organisation keeps how its reports look. */
export const ReportTemplate = v.object({
  coldtrailReport: v.literal(1),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  ...ofOrganisation,
});
export type ReportTemplate = v.InferOutput<typeof ReportTemplate>;

export type TemplateHead = Omit<ReportTemplate, 'coldtrailReport' | 'name'>;
const TEMPLATE_HEAD = Object.keys(ofOrganisation) as (keyof typeof ofOrganisation)[];

/** What of a head is the organisation's. */
export function ofTemplate(head: TemplateHead): TemplateHead {
  return Object.fromEntries(TEMPLATE_HEAD.map((key) => [key, head[key]])) as unknown as TemplateHead;
}

/** A whole order: the head and which incidents; null: all. */
const ReportOrder = v.object({ ...ReportHead.entries, incidentIds: v.nullable(v.array(v.string())) });
export type ReportOrder = v.InferOutput<typeof ReportOrder>;

export const reportContract = defineContract({
  /** Writes the report. The kind follows the file's extension (.pdf, .html, .json). */
  'report/write': {
    request: v.object({ path: v.string(), order: ReportOrder }),
    response: v.object({ path: v.string(), pages: v.number(), bytes: v.number() }),
  },
  /** Makes the page of the report and gives the address at which a frame of the window shows it. */
  'report/preview': {
    request: v.object({ order: ReportOrder }),
    response: v.object({ address: v.string(), bytes: v.number(), exhibits: v.number() }),
  },
  /** The templates that this workstation keeps, by name. */
  'report/templates': { request: Nothing, response: v.array(ReportTemplate) },
  /** Keeps a template, in place of the one of its name. */
  'report/template-keep': { request: ReportTemplate, response: Nothing },
  'report/template-remove': { request: v.object({ name: v.string() }), response: Nothing },
  /** Asks for a file and writes the template into it; null when none was chosen. */
  'report/template-export': { request: ReportTemplate, response: Text },
  /** Asks for such a file and keeps what it holds; null when none was chosen. */
  'report/template-import': { request: Nothing, response: v.nullable(ReportTemplate) },
  /** Asks for an image; null when none was chosen. */
  'report/logo': { request: Nothing, response: Text },
});
