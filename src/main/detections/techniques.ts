import known from '../../../resources/attack/techniques.json';

interface Technique {
  readonly id: string;
  readonly name: string;
  /** ATT&CK v19 tactic slugs. */
  readonly tactics: readonly string[];
  /** One sentence in our own words; empty for techniques that no rule of ours uses. */
  readonly text: string;
}

const techniques = known.techniques as Readonly<Record<string, Omit<Technique, 'id'>>>;
const successors = known.replaced as Readonly<Record<string, string>>;

/** An ATT&CK technique by its id (v19, or an older id that v19 replaced); null when unknown. */
export function technique(id: string): Technique | null {
  const current = currentTechnique(id);
  const entry = techniques[current];
  return entry ? { id: current, ...entry } : null;
}

/** The v19 id of a technique that v19 replaced; other ids as they are. */
export function currentTechnique(id: string): string {
  return successors[id] ?? id;
}
