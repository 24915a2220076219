import { AppError } from '../../shared/errors/app-error';
import type { Progress } from '../pipeline/progress';
import type { CommandIo } from './command';
import { jsonLine, plain } from './output';

export const PROGRESS_WAYS = ['auto', 'json', 'none'] as const;
export type ProgressWay = (typeof PROGRESS_WAYS)[number];

/** Lines of JSON come at most this often, and whenever the step changes. */
const EVERY_MS = 250;

interface Messages extends Pick<CommandIo, 'note' | 'progress'> {
  readonly failure: (error: unknown) => void;
}

/** Everything that is no result goes to stderr: for a person, or with `json` as one JSON object a line. */
export function messagesTo(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>,
  way: ProgressWay,
  now: () => number = Date.now,
): Messages {
  return way === 'json' ? jsonMessages(stream, now) : textMessages(stream, way === 'auto' && stream.isTTY);
}

function textMessages(stream: Pick<NodeJS.WriteStream, 'write'>, drawn: boolean): Messages {
  let open = false;
  const line = (text: string) => {
    stream.write(`${open ? '\n' : ''}${text}\n`);
    open = false;
  };
  return {
    note: (text) => line(plain(text)),
    progress: (progress) => {
      if (!drawn) return;
      stream.write(`\r\u001b[2K${plain(progressLine(progress))}`);
      open = true;
    },
    failure: (error) => {
      line(`coldtrail: ${plain(textOf(error))}`);
      if (error instanceof AppError) line(`  ${error.hint}`);
    },
  };
}

function jsonMessages(stream: Pick<NodeJS.WriteStream, 'write'>, now: () => number): Messages {
  let last = { step: '', at: Number.NEGATIVE_INFINITY };
  return {
    note: (note) => stream.write(jsonLine({ note })),
    progress: (progress) => {
      const at = now();
      const step = `${progress.phase} ${progress.step}`;
      if (step === last.step && at - last.at < EVERY_MS) return;
      last = { step, at };
      stream.write(jsonLine({ progress }));
    },
    failure: (error) =>
      stream.write(
        jsonLine({
          error:
            error instanceof AppError
              ? { code: error.code, message: error.message, hint: error.hint }
              : { code: 'internal', message: textOf(error), hint: '' },
        }),
      ),
  };
}

function textOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function progressLine({ step, share, records }: Progress): string {
  const told = records === undefined ? '' : `, ${records.toLocaleString('en-US')} records`;
  return `${step}: ${Math.round(share * 100)} %${told}`;
}
