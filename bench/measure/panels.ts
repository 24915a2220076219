import { questionsOf } from './questions';
import { warmTimes, withCase, type Times } from './timed';

export interface PanelTime extends Times {
  readonly panel: string;
}

const ROUNDS = 9;

/** What the views ask over a case, each so many times, as main answers it (without the window). */
export function panelTimes(caseDir: string): Promise<PanelTime[]> {
  return withCase(caseDir, async (database) => {
    const times: PanelTime[] = [];
    for (const question of await questionsOf(database)) {
      const { p50, p95 } = await warmTimes(database, question, ROUNDS);
      times.push({ panel: `${question.view}: ${question.name}`, p50, p95 });
    }
    return times;
  });
}
