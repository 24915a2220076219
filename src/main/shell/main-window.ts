import { join } from 'node:path';
import { BrowserWindow, screen, type Rectangle } from 'electron';
import * as v from 'valibot';
import { readJsonFile, writeJsonFileSync } from './json-file';

const SMALLEST = { width: 1100, height: 700 };
const DEFAULT = { width: 1500, height: 925 };

const Remembered = v.nullable(
  v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number(), maximized: v.boolean() }),
);

interface MainWindowOptions {
  readonly preload: string;
  /** Where the size and place of the window are kept. */
  readonly stateFile: string;
  readonly dev: boolean;
}

/** The workbench window, hidden until its first paint. It remembers where it was. */
export function createMainWindow({ preload, stateFile, dev }: MainWindowOptions): BrowserWindow {
  const remembered = readJsonFile(stateFile, Remembered, null);
  const place = remembered !== null && isOnAScreen(remembered) ? remembered : DEFAULT;
  const window = new BrowserWindow({
    ...SMALLEST,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    ...placed(place),
    show: false,
    title: 'Coldtrail',
    backgroundColor: '#16181d',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: dev,
      enableWebSQL: false,
    },
  });
  if (remembered?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      writeJsonFileSync(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch {
      // A full disk must not keep the window open; it comes back at its usual place.
    }
  });
  return window;
}

/** The paths of the built window's parts, seen from the folder of the main bundle. */
export function windowPaths(mainFolder: string): { readonly preload: string; readonly renderer: string } {
  return { preload: join(mainFolder, '../preload/index.cjs'), renderer: join(mainFolder, '../renderer') };
}

/** As large as wanted, but not larger than the screen: not every window manager sees to that. */
function placed(place: { width: number; height: number } & Partial<Rectangle>) {
  const { x = 0, y = 0, width, height } = place;
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const size = {
    width: Math.max(Math.min(width, workArea.width), SMALLEST.width),
    height: Math.max(Math.min(height, workArea.height), SMALLEST.height),
  };
  return place.x === undefined || place.y === undefined ? size : { ...size, x: place.x, y: place.y };
}

/** A screen that was unplugged must not take the window with it. */
function isOnAScreen(bounds: Rectangle): boolean {
  const area = screen.getDisplayMatching(bounds).workArea;
  return (
    bounds.x < area.x + area.width &&
    bounds.x + bounds.width > area.x &&
    bounds.y < area.y + area.height &&
    bounds.y + bounds.height > area.y
  );
}
