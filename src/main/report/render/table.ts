interface Column {
  readonly title: string;
  /** `num`, `time`, `mono`, `mark`, `tight`: classes of style.css for its cells. */
  readonly kind?: string;
  /** Share of the width, in percent; the rest is left to the browser. */
  readonly width?: number;
}

/** A table whose head is repeated on each page; cells are HTML already. Empty when there is no row. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const kind = (column: Column | undefined) => (column?.kind ? ` class="${column.kind}"` : '');
  const widths = columns.map((c) => `<col${c.width ? ` style="width:${c.width}%"` : ''}>`).join('');
  const head = columns.map((c) => `<th${kind(c)}>${c.title}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell, i) => `<td${kind(columns[i])}>${cell}</td>`).join('')}</tr>`)
    .join('');
  // Widths hold only in a fixed layout; tables without them suit themselves to what they hold.
  const fixed = columns.filter((c) => c.width).length >= columns.length - 1 ? ' class="fixed"' : '';
  return `<table${fixed}><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Names and values, one a line. Values are HTML already; those that are empty are left out. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const rows = pairs.filter(([, value]) => value !== '').map(([n, v]) => `<dt>${n}</dt><dd>${v}</dd>`);
  return `<dl class="facts">${rows.join('')}</dl>`;
}

export function severityMark(severity: string | null): string {
  return severity === null ? '' : `<span class="sev ${severity}">${severity}</span>`;
}
