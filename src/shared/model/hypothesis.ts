/** How far a hypothesis got: the text of an annotation of kind `hypothesis`, whose title is the statement. */
export const HYPOTHESIS_STATES = ['open', 'supported', 'refuted'] as const;
export type HypothesisState = (typeof HYPOTHESIS_STATES)[number];

export const STANCES = ['for', 'against'] as const;
export type Stance = (typeof STANCES)[number];

/**
 * What an argument says about its subject: `for <id of the hypothesis>`. It is the text of an annotation of kind
 * `argument`; its title may say why.
 */
export function argumentText(stance: Stance, hypothesisId: string): string {
  return `${stance} ${hypothesisId}`;
}

/** The stance and the hypothesis of an argument, or null for a text that is none. */
export function parseArgument(
  text: string,
): { readonly stance: Stance; readonly hypothesisId: string } | null {
  const [stance, hypothesisId = '', ...rest] = text.split(' ');
  const known = STANCES.find((one) => one === stance);
  return known === undefined || hypothesisId === '' || rest.length > 0
    ? null
    : { stance: known, hypothesisId };
}
