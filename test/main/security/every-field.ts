import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAYLOADS } from './hostile-bundle';

const SAMPLES = join(import.meta.dirname, '../sources');
const TEXT = /^input\.(?:jsonl?|txt|csv|log)$/;
/** Texts that fit into a field; the very long one is tried in records of its own. */
const SHORT = PAYLOADS.filter((payload) => payload.length < 1000);

/**
 * Writes every text sample of every source once for each of its fields, with hostile text in that field alone.
 * @returns how many files were written, and of how many samples
 */
export async function writeEveryField(folder: string): Promise<{ files: number; samples: number }> {
  let [files, samples] = [0, 0];
  await mkdir(folder, { recursive: true });
  for (const source of await folders(SAMPLES))
    for (const delivery of await folders(join(SAMPLES, source)))
      for (const name of await readdir(join(SAMPLES, source, delivery))) {
        if (!TEXT.test(name)) continue;
        const text = await readFile(join(SAMPLES, source, delivery, name), 'utf8');
        samples += 1;
        for (const changed of variants(text)) {
          await writeFile(join(folder, `${source}-${delivery}-${files}-${name}`), changed);
          files += 1;
        }
      }
  return { files, samples };
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function variants(text: string): string[] {
  const whole = parsed(text);
  if (whole !== undefined) return inside(whole, counter()).map((value) => JSON.stringify(value));
  const lines = text.split('\n');
  const next = counter();
  return lines.flatMap((line, i) =>
    inLine(line, next).map((changed) => [...lines.slice(0, i), changed, ...lines.slice(i + 1)].join('\n')),
  );
}

/** Another payload at every call. */
function counter(): () => string {
  let n = 0;
  return () => {
    n += 1;
    return SHORT[n % SHORT.length] ?? '';
  };
}

/** The line with each of its fields replaced: of JSON the leaves, of other text what stands between separators. */
function inLine(line: string, next: () => string): string[] {
  const value = parsed(line);
  if (value !== undefined) return inside(value, next).map((changed) => JSON.stringify(changed));
  const parts = line.split(/([\s,]+)/);
  return parts.flatMap((part, i) =>
    i % 2 === 1 || part === '' ? [] : [[...parts.slice(0, i), next(), ...parts.slice(i + 1)].join('')],
  );
}

/** The value with each leaf replaced; JSON that stands in a text is opened. */
function inside(value: unknown, next: () => string): unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.flatMap((inner, i) =>
      inside(inner, next).map((changed) => [...list.slice(0, i), changed, ...list.slice(i + 1)]),
    );
  }
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) =>
      inside(inner, next).map((changed) => ({ ...value, [name]: changed })),
    );
  const nested = typeof value === 'string' ? parsed(value) : undefined;
  const opened = nested === undefined ? [] : inside(nested, next).map((changed) => JSON.stringify(changed));
  return [next(), ...opened];
}

/** The object or list that a text is; undefined for other texts. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
