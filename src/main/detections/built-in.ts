import { parseSigma } from './sigma/parse';
import type { SigmaRule } from './sigma/rule';
import type { Detector } from './statistical/detector';

const texts = import.meta.glob<string>('../../../resources/detections/*.yml', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const modules = import.meta.glob<Detector>(['./statistical/*.ts', '!./statistical/detector.ts'], {
  eager: true,
  import: 'default',
});

/** The built-in pack: resources/detections, one rule a file. */
export const builtInRules: readonly SigmaRule[] = Object.entries(texts)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .flatMap(([file, text]) => {
    const { rules, problems } = parseSigma(text);
    const [problem] = problems;
    if (problem) throw new Error(`${file}: ${problem.reason}`);
    return rules;
  });

/** What Sigma cannot say: statistical/, one detector a file. */
export const detectors: readonly Detector[] = Object.values(modules).sort((a, b) => (a.id < b.id ? -1 : 1));
