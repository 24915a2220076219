import { DEFAULT_LOG_LEVEL, type LogLevel } from '../../shared/model/log-level';
import { CaseFolder } from '../case/case-folder';
import { reportCrash, reportGone } from '../diagnostics/crash-report';
import { diagnosticsText } from '../diagnostics/diagnostics';
import { caseLog, NO_LOG, type Log } from '../diagnostics/log';
import type { Handlers } from '../queries/handlers';
import type { CurrentCase } from './current-case';

type SupportCall = 'log/level' | 'crash/page' | 'diagnostics/text';

/** The log of the open case, crash reports and diagnostics, for the window's process. */
export class Support {
  level: LogLevel = DEFAULT_LOG_LEVEL;

  constructor(private readonly current: CurrentCase) {}

  get log(): Log {
    const { path } = this.current;
    return path === null ? NO_LOG : caseLog(path, { process: 'main', level: this.level });
  }

  /** A process of the window ended unasked. `reason`: exit code, signal or a word of the runtime. */
  gone(process: 'page' | 'worker', reason: string): void {
    reportGone(process, reason);
    this.log.error('process.gone', { of: process, reason });
  }

  handlers(): Handlers<SupportCall> {
    return {
      'log/level': ({ level }) => {
        this.level = level;
        return Promise.resolve(null);
      },
      'crash/page': ({ name, message, stack }) => {
        reportCrash('page', Object.assign(new Error(message), { name, stack }));
        this.log.error('page.error', { name });
        return Promise.resolve(null);
      },
      'diagnostics/text': async () => {
        const { path } = this.current;
        return { text: await diagnosticsText(path === null ? null : await CaseFolder.open(path)) };
      },
    };
  }
}
