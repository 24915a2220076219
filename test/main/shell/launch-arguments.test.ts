import { describe, expect, it } from 'vitest';
import { parseLaunch } from '../../../src/main/shell/launch-arguments';

const window = (...own: string[]) => parseLaunch(['/opt/electron', '--no-sandbox', '/app', ...own], false);

describe('the command line of the window', () => {
  it('opens nothing by itself', () => {
    expect(window()).toEqual({ mode: 'window', caseDir: null, open: [], incidentId: null });
  });

  it('takes a case, bundles and an incident', () => {
    expect(window('--case', '/c', '--open', '/a', '/b', '--incident', 'inc-1')).toEqual({
      mode: 'window',
      caseDir: '/c',
      open: ['/a', '/b'],
      incidentId: 'inc-1',
    });
  });

  it('passes over what Chromium and Node add', () => {
    const argv = [
      '/opt/electron',
      '-r',
      '/loader.js',
      '--inspect=0',
      '/app',
      '--remote-debugging-port=0',
      '/bundle',
    ];
    expect(parseLaunch(argv, false)).toMatchObject({ open: ['/bundle'] });
  });

  it('starts after the executable when packaged', () => {
    expect(parseLaunch(['/opt/coldtrail', '/bundle'], true)).toMatchObject({ open: ['/bundle'] });
  });

  it('prints only when both files are named', () => {
    expect(window('--print', 'a.html', '--pdf', 'a.pdf')).toEqual({
      mode: 'print',
      html: 'a.html',
      pdf: 'a.pdf',
      options: null,
    });
    expect(window('--print', 'a.html').mode).toBe('window');
  });
});
