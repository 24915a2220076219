import { describe, expect, it } from 'vitest';
import { parseLaunch } from '../../../src/main/shell/launch-arguments';

const commands = new Set(['open', 'report']);
const here = { isPackaged: false, commands, isSeen: true };
const packaged = { isPackaged: true, commands, isSeen: true };
const window = (...own: string[]) => parseLaunch(['/opt/electron', '--no-sandbox', '/app', ...own], here);

describe('the command line of the window', () => {
  it('opens nothing by itself', () => {
    expect(window()).toEqual({ mode: 'window', caseDir: null, open: [], incidentId: null, link: null });
  });

  it('takes a case, bundles and an incident', () => {
    expect(window('--case', '/c', '--open', '/a', '/b', '--incident', 'inc-1')).toEqual({
      mode: 'window',
      caseDir: '/c',
      open: ['/a', '/b'],
      incidentId: 'inc-1',
      link: null,
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
    expect(parseLaunch(argv, here)).toMatchObject({ open: ['/bundle'] });
  });

  it('starts after the executable when packaged', () => {
    expect(parseLaunch(['/opt/coldtrail', '/bundle'], packaged)).toMatchObject({ open: ['/bundle'] });
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

  it('is a command line in a package when the first word is a command', () => {
    const argv = ['/opt/coldtrail', '--no-sandbox', 'open', '/bundle', '--case', '/c'];
    expect(parseLaunch(argv, packaged)).toEqual({ mode: 'command', argv: argv.slice(2) });
    expect(parseLaunch(['/opt/coldtrail', './open'], packaged)).toMatchObject({ open: ['./open'] });
    expect(window('open', '/bundle')).toMatchObject({ mode: 'window' });
  });

  it('never opens a window that nobody sees', () => {
    const unseen = { ...packaged, isSeen: false };
    expect(parseLaunch(['/opt/coldtrail', '--log-level=3', 'opne'], unseen)).toEqual({
      mode: 'command',
      argv: ['opne'],
    });
    expect(parseLaunch(['/opt/coldtrail', '--print', 'a', '--pdf', 'b'], unseen)).toMatchObject({
      mode: 'print',
    });
  });

  it('takes a deep link apart from paths', () => {
    const link = 'coldtrail://case/0f8fad5b-d9cb-469f-a165-70867728950e/summary';
    expect(window(link)).toMatchObject({ link, open: [] });
    expect(window('/bundle')).toMatchObject({ link: null, open: ['/bundle'] });
  });
});
