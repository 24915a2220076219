/** A small text kept by the window between runs; null when there is none. Preferences only: nothing of the evidence. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`coldtrail.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a small text between runs. Where storage is refused the preference lasts for this run only. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`coldtrail.${key}`, value);
  } catch {
    // Storage may be full or switched off; a preference is not worth a message.
  }
}
