import { messageFormat } from './line-format';
import type { Shape } from './shape';

/** Lines of logs that are useful to read and hold no records of a source. */
const CONTEXT: readonly (readonly [sign: RegExp, what: string])[] = [
  [/^time="[^"]*" level=\w+ msg=/, 'EKS authenticator log line'],
  [/^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [\w.-]+\.go:\d+\]/, 'EKS control plane log line'],
  [/^\{?"?(?:level|ts)"?[:=].*"?caller"?[:=]/, 'EKS control plane log line'],
  [
    /^\d{4}-\d{2}-\d{2}T[\d:.]+Z [\da-fA-F.:]+ \d+ \d+ (?:-|TLSv[\d.]+) \S+ -?[\d.]+ /,
    'connection log of an Application Load Balancer',
  ],
  [/^CWL CONTROL MESSAGE/, 'CloudWatch Logs control message'],
];

/** What a line of text is that came as a message of CloudWatch Logs; null when nothing is known by its look. */
export function messageShape(line: string): Shape | null {
  const text = line.trim();
  const context = CONTEXT.find(([sign]) => sign.test(text));
  if (context) return { id: 'message', what: context[1], kind: 'context' };
  const format = messageFormat(text);
  return format
    ? { id: `line ${format.source}`, what: `line of a ${format.source} log`, kind: 'record' }
    : null;
}
