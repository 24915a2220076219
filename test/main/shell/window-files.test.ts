import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../src/main/shell/window-files';

describe('files of the window', () => {
  it('are those of the folder', () => {
    expect(fileOf('app://coldtrail/', '/out')).toBe('/out/index.html');
    expect(fileOf('app://coldtrail/assets/a.js?x#y', '/out')).toBe('/out/assets/a.js');
  });

  it.each([
    'app://coldtrail/..%2f..%2fetc/passwd',
    'app://coldtrail/%2e%2e/secret',
    'app://coldtrail/a%00.html',
    'app://coldtrail/%zz',
    'app://report/index.html',
  ])('never leave it: %s', (address) => {
    const file = fileOf(address, '/out');
    expect(file === null || file.startsWith('/out/')).toBe(true);
    if (address.includes('%2f') || address.includes('report')) expect(file).toBeNull();
  });
});
