import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  /** Names of the push `command`. */
  readonly command: (
    name:
      | 'open-bundle'
      | 'open-case'
      | 'close-case'
      | 'palette'
      | 'report'
      | 'diagnostics'
      | 'new-tab'
      | 'close-tab'
      | 'split',
  ) => void;
  readonly openFiles: () => void;
  readonly navigate: (view: string) => void;
}

/** The native menu: what it does goes through the window, so that keyboard, palette and menu cannot differ. */
export function setMenu({ command, openFiles, navigate }: MenuActions, dev: boolean): void {
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&File',
      submenu: [
        { label: 'Open Bundle Folder…', accelerator: 'CmdOrCtrl+O', click: () => command('open-bundle') },
        { label: 'Open Files or Archive…', accelerator: 'CmdOrCtrl+Shift+O', click: openFiles },
        { label: 'Open Case…', accelerator: 'CmdOrCtrl+Alt+O', click: () => command('open-case') },
        { label: 'Close Case', accelerator: 'CmdOrCtrl+Shift+W', click: () => command('close-case') },
        { type: 'separator' },
        { label: 'Write Report…', accelerator: 'CmdOrCtrl+P', click: () => command('report') },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Command Palette…', click: () => command('palette') },
        { type: 'separator' },
        { label: 'New Tab', accelerator: 'CmdOrCtrl+T', click: () => command('new-tab') },
        { label: 'Close Tab', accelerator: 'CmdOrCtrl+W', click: () => command('close-tab') },
        { label: 'Split View', accelerator: 'CmdOrCtrl+\\', click: () => command('split') },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(dev ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: '&Go',
      submenu: ['evidence', 'summary', 'incidents', 'findings', 'search'].map((view) => ({
        label: `${view.charAt(0).toUpperCase()}${view.slice(1)}`,
        click: () => navigate(view),
      })),
    },
    {
      label: '&Help',
      submenu: [
        { label: 'Copy Diagnostics', click: () => command('diagnostics') },
        { label: `About ${app.getName()}`, click: () => app.showAboutPanel() },
      ],
    },
  ];
  app.setAboutPanelOptions({
    applicationName: 'Coldtrail',
    applicationVersion: __COLDTRAIL_VERSION__,
    copyright: 'Offline forensics for exported AWS logs',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
