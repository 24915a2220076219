/** Causes of `coverage_gaps` (evidence/derived.sql) in plain words, for the window and the report. */
export const GAP_CAUSES: Readonly<Record<string, string>> = {
  'logging-stopped': 'Log switched off',
  'logging-narrowed': 'Log narrowed',
  'file-missing': 'Log files not here',
  'file-unreadable': 'Not readable',
  'digest-missing': 'Digest not here',
  'not-digested': 'No digest made',
  silence: 'Silence',
  'before-first': 'Begins late',
  'after-last': 'Ends early',
};
