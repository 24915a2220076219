/** Severity on paper: told apart in grey, too. The marks in tables have the same colours in style.css. */
export const SEVERITY_FILL: Readonly<Record<string, string>> = {
  critical: '#7a1230',
  high: '#c2410c',
  medium: '#a87908',
  low: '#4b7a9c',
  informational: '#76828f',
};
