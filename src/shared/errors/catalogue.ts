/**
 * Every failure the product can report: code -> sentence for a person. `{name}` is filled from the parameters.
 * The interface and the command line switch on the code, never on the text.
 */
export const ERRORS = {
  usage: { text: '{detail}', hint: 'Run coldtrail --help.' },
  'condition.unknown': {
    text: '{detail}',
    hint: 'Change or remove the condition.',
  },
  'path.missing': { text: '{path} does not exist.', hint: 'Check the path.' },
  'rules.unreadable': {
    text: 'The rules of the case cannot be read: {path}: {detail}',
    hint: 'Restore the file from a copy of the case, or remove it and add the rule folders again.',
  },
  'sourceMap.invalid': {
    text: '{file}, line {line}: {detail}',
    hint: 'docs/formats.md says what a source map holds; coldtrail sources --guess proposes one.',
  },
  'sourceMap.none': {
    text: '{path} has no records that could be mapped: JSON objects, rows of a table or of Parquet.',
    hint: 'Look at the file; a map needs records with fields.',
  },
  'sourceMap.otherFile': {
    text: '{pattern} does not fit {path}.',
    hint: '* stands for anything; name the file, or how the names of such files end.',
  },
  'path.unreadable': {
    text: '{path} cannot be read: {detail}',
    hint: 'Check the permissions of the file and of the folders above it.',
  },
  'case.notACase': {
    text: '{path} is not a Coldtrail case: {detail}',
    hint: 'A case is a folder with case.json in it.',
  },
  'case.locked': {
    text: '{path} is being written by process {pid}.',
    hint: 'Close the other window or wait for the other command; reading commands work meanwhile. If the case came from another computer, delete the file lock in it.',
  },
  'case.unwritable': {
    text: 'Nothing can be written into {path}: {detail}',
    hint: 'Check the permissions of the folder and whether the medium is read-only.',
  },
  'disk.full': {
    text: 'There is no space left for {path}: {detail}',
    hint: 'Make room and open the same files again: what was imported before stays and is not read again.',
  },
  'disk.failing': {
    text: 'The disk of {path} gives errors: {detail}',
    hint: 'Copy the case to another disk; what is listed in it is whole, and coldtrail verify says so. Then open the same files again.',
  },
  'case.newer': {
    text: '{path} was made by a newer version (schema {found}, this version reads {supported}).',
    hint: 'Open it with the newer version.',
  },
  'case.older': {
    text: '{path} was made by an older version (schema {found}, this version works with {supported}).',
    hint: 'Run coldtrail migrate --case <dir>, or open it in the window: a backup is kept in the case, and it is analysed again.',
  },
  'case.exists': {
    text: '{path} exists and is not an empty folder or a case.',
    hint: 'Choose an empty folder.',
  },
  'case.strange': {
    text: 'The case {path} holds {name}, which is neither a file nor a folder.',
    hint: 'A link in a case from somebody else may lead anywhere: take it out, or ask for a clean copy.',
  },
  'case.noAnalysis': {
    text: '{path} holds no finished analysis.',
    hint: 'Open a bundle into the case first.',
  },
  'case.none': { text: 'No case is open.', hint: 'Open a bundle or a case.' },
  'incident.unknown': {
    text: 'There is no incident {id} in this case.',
    hint: 'List them with coldtrail incidents.',
  },
  'locations.unreadable': {
    text: '{path} cannot be used to locate addresses: {detail}',
    hint: 'Take a MaxMind DB file of cities, countries or networks, and compare it with the checksum of its maker.',
  },
  'indicators.unreadable': {
    text: '{path} is no list of indicators: {detail}.',
    hint: 'Give plain text, CSV, STIX 2.1 or MISP.',
  },
  'indicators.unknown': { text: 'The case holds no list {name}.', hint: 'List them with: coldtrail ioc.' },
  'investigation.unknown': {
    text: 'The case holds no investigation {id}.',
    hint: 'List the kept ones with: coldtrail investigations --case <dir>.',
  },
  'finding.unknown': {
    text: 'There is no finding {id} in this case.',
    hint: 'The case may have changed; reload.',
  },
  'entity.unknown': { text: 'No record of this case names {id}.', hint: 'Search for part of it.' },
  'record.unknown': {
    text: 'There is no record {recordNo} in file {fileId}.',
    hint: 'The case may have changed; reload.',
  },
  'digest.noKey': {
    text: '{path} holds no RSA public key.',
    hint: 'Give PEM, or the answer of aws cloudtrail list-public-keys.',
  },
  'share.occupied': { text: '{path} is not empty.', hint: 'Choose a new or an empty folder.' },
  'share.refused': {
    text: 'Nothing was taken from {path}: {detail}',
    hint: 'Ask whoever made the folder for it again; it is written by Share in the window or by --share.',
  },
  'screen.hidden': {
    text: 'Names are hidden in this window: no record is shown whole.',
    hint: 'Show names first.',
  },
  'link.unreadable': { text: '{link} is no link into a case.', hint: 'Copy it again with Copy link.' },
  'link.unknownCase': {
    text: 'The case {id} of the link was never opened here.',
    hint: 'Open the case once; links find it from then on.',
  },
  'note.unknown': { text: 'There is no annotation {id} in this case.', hint: 'It may be removed; reload.' },
  'notes.unreadable': {
    text: '{path} is no notes file of Coldtrail: {detail}',
    hint: 'Such a file is written by Export in the notes view, or by coldtrail notes export.',
  },
  'sql.notSelect': {
    text: 'Only a single SELECT statement is run here: {detail}',
    hint: 'The evidence is read-only.',
  },
  'sql.failed': {
    text: 'The query failed: {detail}',
    hint: 'See docs/schema.md for the tables and columns.',
  },
  'archive.refused': {
    text: '{path} was not unpacked: {detail}',
    hint: 'The archive breaks a safety limit; unpack it yourself and open the folder.',
  },
  'job.cancelled': { text: 'Cancelled.', hint: 'What was imported before stays.' },
  'job.running': {
    text: 'An import or an analysis is under way.',
    hint: 'Wait for it or cancel it first.',
  },
  'worker.gone': {
    text: 'The worker process ended ({detail}).',
    hint: 'It is started again; what was imported before stays.',
  },
  'ipc.invalid': {
    text: 'A message on {channel} was refused: {detail}',
    hint: 'This is a fault of the program; please report it.',
  },
  'report.failed': {
    text: 'The report could not be written: {detail}',
    hint: 'Check the folder and try again.',
  },
  'export.failed': {
    text: 'The {format} export could not be written: {detail}',
    hint: 'Check the folder and try again.',
  },
  'seal.key': {
    text: 'The key cannot be used: {detail}',
    hint: 'Give a PEM file, and its passphrase through the environment when it has one.',
  },
  'report.noChromium': {
    text: 'A PDF needs the Electron runtime: {detail}',
    hint: 'Run npm run setup, or write JSON instead.',
  },
  internal: {
    text: 'Something failed that should not: {detail}',
    hint: 'This is a fault of the program; please report it.',
  },
} as const;
export type ErrorCode = keyof typeof ERRORS;
