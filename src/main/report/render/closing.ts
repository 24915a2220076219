import type { Sheet } from './context';
import { breakable, escape } from './escape';
import { count } from './format';
import { heading } from './section';
import { facts, table } from './table';

/** Unreadable records that the PDF prints; the JSON holds more. */
const ISSUE_ROWS = 40;

export function issues(sheet: Sheet): string {
  const all = sheet.model.evidence.issues;
  const rows = all
    .slice(0, ISSUE_ROWS)
    .map((i) => [
      breakable(i.file),
      escape(i.code),
      i.recordNo === null ? '' : count(i.recordNo),
      escape(i.detail),
    ]);
  const list =
    rows.length === 0
      ? '<p>Every record of the opened files could be read.</p>'
      : table(
          [
            { title: 'File', width: 38 },
            { title: 'Code', width: 15 },
            { title: 'Record', kind: 'num', width: 8 },
            { title: 'What is wrong' },
          ],
          rows,
        );
  const more =
    all.length > ISSUE_ROWS
      ? `<p class="note">${count(all.length - ISSUE_ROWS)} more are in the JSON form of this report.</p>`
      : '';
  return `<section class="flow" id="s-issues">${heading(sheet, 's-issues')}<h3>What could not be read</h3>${list}${more}<h3>What these records cannot show</h3><ul>${LIMITS.map((l) => `<li>${l}</li>`).join('')}</ul></section>`;
}

const LIMITS = [
  'The report speaks of the opened records only. What no log of the bundle records cannot appear in it.',
  'CloudTrail management events do not show object reads, DNS lookups or commands on hosts; data events, DNS query logs and host logs do.',
  'VPC flow logs do not show traffic to the instance metadata service, Amazon DNS, DHCP or mirrored traffic.',
  'How a credential was stolen before its first hostile call is seldom in these logs; host, identity-provider and repository logs would tell.',
  'The choice of the first intrusion is a score over facts with a runner-up: a lead to be confirmed, not a proof.',
  'An address says where traffic came from, not who sat there. A user agent is what the caller chose to say.',
  'Detections name behaviour. Whether it was allowed is for those who know the account; each finding lists when it may be benign.',
];

export function method(sheet: Sheet): string {
  const { tool } = sheet.model;
  const steps = [
    'Originals were read and not changed; each was hashed in the same read. Nothing was sent over a network.',
    'Records were de-duplicated on id and content. What could not be read is listed with its place.',
    'Principals, sessions and credentials were resolved; hourly activity was counted for each.',
    `${tool.rules} detections ran: rules in the Sigma language and statistical detectors; provider findings were taken as delivered. Several about the same behaviour were folded by rule, principal, network and day.`,
    'Behaviour in scope was compared with the days before it: what is new, and how surprising.',
    'Credentials were traced from each session to the first one of its chain.',
    'Findings were grouped by shared credentials, principals, addresses and targets, damped for common ones and fading with time.',
    'The entry was scored over strands: the calls of one first credential from one network with one tool.',
    'Each sentence of the answers cites the records it rests on; those records are the exhibits.',
  ];
  return `<section class="flow" id="s-method">${heading(sheet, 's-method')}<ol>${steps.map((s) => `<li>${s}</li>`).join('')}</ol><h3>Tool and rules</h3>${facts(
    [
      ['Tool', `${tool.name} ${escape(tool.version)}`],
      ['Engine', escape(tool.engine)],
      ['Detections', `${tool.rules}; SHA-256 of the rule set <code>${tool.ruleSet}</code>`],
      [
        'Technique names',
        `MITRE ATT&amp;CK ${tool.attack}. &copy; The MITRE Corporation, reproduced with its permission`,
      ],
      ['Case', `${escape(sheet.model.case.name)}, made ${escape(sheet.model.case.createdAt)}`],
    ],
  )}<p class="note">The command <code>coldtrail verify --case &lt;folder&gt;</code> hashes every original again and says whether it still matches.</p></section>`;
}

const TERMS: readonly (readonly [string, string])[] = [
  ['Access key', 'An id with a secret. AKIA ids last until they are deleted, ASIA ids are of a session.'],
  ['ARN', 'The name of anything in AWS: partition, service, Region, account and resource.'],
  ['Baseline', 'What a principal did on the days before the time in question.'],
  ['CloudTrail', 'The log of calls to the AWS API: who, when, from where, what, with which outcome.'],
  [
    'Credential',
    'What a call was signed with: an access key, a session, or a console session of a principal.',
  ],
  ['Exhibit', 'A record with its file, its number in the file and the SHA-256 of the file.'],
  [
    'Finding',
    'Records that a rule, a detector or a provider flags, folded by rule, principal, network and day.',
  ],
  ['Incident', 'Findings that belong together, with the records of the same hand.'],
  ['Lineage', 'Which credential made which: from the first one of a chain to everything derived from it.'],
  ['Principal', 'The user, role or account that acts.'],
  ['Record', 'One entry of a log; numbered from 1 in its file.'],
  ['Redaction', 'Replacing names, accounts, addresses and keys by pseudonyms, the same one throughout.'],
  ['SHA-256', 'A checksum: two files with the same one are the same to the byte.'],
  ['Strand', 'The calls of one first credential from one network with one tool.'],
  ['Tactic, technique', 'What an adversary is after and how, in the terms of MITRE ATT&amp;CK.'],
  ['VPC flow log', 'Counts of packets between two addresses and ports, accepted or rejected.'],
];

export function glossary(sheet: Sheet): string {
  return `<section class="flow" id="s-glossary">${heading(sheet, 's-glossary')}${facts(TERMS)}</section>`;
}

export function signatures(sheet: Sheet): string {
  const { head } = sheet.model;
  const line = (who: string, name: string | null) =>
    `<div class="box"><b>${who}</b><p>Name${name ? `: ${escape(name)}` : ''}</p><p>Place and date</p><p>Signature</p></div>`;
  return `<section id="s-sign">${heading(sheet, 's-sign')}<p>The undersigned state that this report was made from the evidence listed in it, by the method described in it, and that each cited record can be found at the place given.</p><div class="sign">${line('Examiner', head.examiner)}${line('Reviewer', null)}${line('Received by', head.client)}</div><p class="note">Seal of the case: <code>coldtrail seal</code> writes a manifest of hashes over evidence, analysis, reports and action log, and signs it with a key of yours.</p></section>`;
}
