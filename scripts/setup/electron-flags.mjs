/** @returns {string[]} what Electron must be told here: Chromium refuses to run as root with its sandbox */
export function electronFlags() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
}
