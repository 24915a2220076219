/** `2023-07-10 11:42:18` of an evidence time; microseconds only when there are any. */
export function shortTime(iso: string): string {
  const base = iso.slice(0, 19).replace('T', ' ');
  const fraction = /\.(\d{6})Z$/.exec(iso)?.[1] ?? '000000';
  return fraction === '000000' ? base : `${base}.${fraction}`;
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

/** The telling end of an ARN or id, for pictures. */
export function shortId(id: string, length = 34): string {
  const tail = id.startsWith('arn:') ? id.split(':').slice(5).join(':') : id;
  return tail.length > length ? `${tail.slice(0, length - 1)}\u2026` : tail;
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
