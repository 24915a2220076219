import type { Verdict } from '../../shared/model/annotation';

/** Name of a verdict for a person; another text stays as it is. */
export const VERDICT_TITLES: Readonly<Record<Verdict, string>> = {
  'true-positive': 'True positive',
  benign: 'Benign',
  unsure: 'Unsure',
};

export function verdictTitle(verdict: string): string {
  return VERDICT_TITLES[verdict as Verdict] ?? verdict;
}
