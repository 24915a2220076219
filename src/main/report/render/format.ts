/** `2023-07-10 11:42:18` of an evidence time. */
export function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** `.250000`, or nothing for a whole second. */
export function fraction(iso: string): string {
  const micros = /\.(\d{6})Z$/.exec(iso)?.[1] ?? '000000';
  return micros === '000000' ? '' : `.${micros}`;
}

/** `1,234` */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1.2 MiB` */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`;
}

/** An ARN of IAM or STS without the words that are the same in all of them; other ids as they are. */
export function shortArn(id: string): string {
  return id.replace(/^arn:aws[\w-]*:(?:iam|sts)::/, '');
}

/** The telling end of an ARN or id in lines of at most `length` characters, two at most, for pictures. */
export function pictureLines(id: string, length: number): string[] {
  const text = id.startsWith('arn:') ? id.split(':').slice(5).join(':') : id;
  if (text.length <= length) return [text];
  const room = text.slice(0, length + 1);
  const cut = Math.max(room.lastIndexOf(' '), room.lastIndexOf('/'), room.lastIndexOf('-'), 0);
  const at = cut > length / 2 ? cut + 1 : length;
  const rest = text.slice(at).trim();
  return [
    text.slice(0, at).trim(),
    rest.length > length ? `${rest.slice(0, length - 9)}\u2026${rest.slice(-8)}` : rest,
  ];
}

/** `1 d 4 h`, `35 min`, `12 s` between two evidence times. */
export function duration(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${Math.floor((seconds % 3600) / 60)} min`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min` : `${seconds} s`;
}
