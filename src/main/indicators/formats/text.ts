import { DEFAULT_SEVERITY, recognise } from '../indicator';
import { ListReader, type ParsedList } from './parsed';

/** One indicator a line; what follows a # or a // behind a space is its label. `user-agent: <text>` names a tool. */
export function readText(text: string): ParsedList {
  const reader = new ListReader();
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [body = '', ...rest] = line.trim().split(/(?:^|\s)(?:#|\/\/)/);
    const value = body.trim();
    if (value === '') continue;
    const label = rest.join(' ').trim();
    const agent = /^user-agent\s*:\s*(.+)$/i.exec(value)?.[1];
    if (agent !== undefined) {
      reader.indicators.push({ type: 'userAgent', value: agent, label, severity: DEFAULT_SEVERITY });
      continue;
    }
    const found = recognise(value.replace(/^["']|["'],?$/g, ''));
    if (found) reader.indicators.push({ ...found, label, severity: DEFAULT_SEVERITY });
    else reader.skip(`line ${i + 1}`, value, 'no address, network, domain, hash, key or ARN');
  }
  return reader.list('text');
}
