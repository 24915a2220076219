import { SEVERITIES, type Severity } from '../../shared/model/severity';

/** Colours of the picture, read from the theme's tokens so that graph and tables agree. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly onSeverity: Readonly<Record<Severity, string>>;
  readonly family: Readonly<Record<string, string>>;
}

const FAMILIES = ['identity', 'credential', 'network', 'compute', 'storage', 'other'] as const;

/** The palette of the theme in force. */
export function readPalette(style: CSSStyleDeclaration): Palette {
  const token = (name: string): string => style.getPropertyValue(name).trim() || '#888888';
  const ramp = (prefix: string): Record<Severity, string> =>
    Object.fromEntries(SEVERITIES.map((severity) => [severity, token(`${prefix}${severity}`)])) as Record<
      Severity,
      string
    >;
  return {
    background: token('--bg'),
    surface: token('--bg-raised'),
    text: token('--text'),
    muted: token('--text-3'),
    line: token('--line-strong'),
    accent: token('--accent'),
    severity: ramp('--sev-'),
    onSeverity: ramp('--on-sev-'),
    family: Object.fromEntries(FAMILIES.map((name) => [name, token(`--kind-${name}`)])),
  };
}
