import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { ReportTemplate } from '../../../shared/contract/report';
import type { Handlers } from '../../queries/handlers';
import { readLogo } from '../../report/logo';
import { parseTemplate, readTemplate, writeTemplate } from '../../report/template';

type TemplateCall =
  | 'report/templates'
  | 'report/template-keep'
  | 'report/template-remove'
  | 'report/template-export'
  | 'report/template-import'
  | 'report/logo';

const FILTERS = [{ name: 'Report templates of Coldtrail', extensions: ['json'] }];

/** How the reports of an organisation look: one file a template in `folder`, and as files to share. */
export function templateHandlers(window: BrowserWindow, folder: string): Handlers<TemplateCall> {
  // A name may hold anything; its hash is a name for a file.
  const fileOf = (name: string) =>
    join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 24)}.json`);
  const keep = async (template: ReportTemplate) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeTemplate(fileOf(template.name), template);
  };
  const choose = async (title: string, filters: Electron.FileFilter[]) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      filters,
      properties: ['openFile'],
    });
    return canceled ? undefined : filePaths[0];
  };
  return {
    'report/templates': () => listTemplates(folder),
    'report/template-keep': (template) => keep(template).then(() => null),
    'report/template-remove': async ({ name }) => {
      await rm(fileOf(name), { force: true });
      return null;
    },
    'report/template-export': async (template) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Export the template',
        defaultPath: `${template.name.replace(/[<>:"/\\|?*\u0000-\u001f]/g, '-')}.json`,
        filters: FILTERS,
      });
      if (canceled || !filePath) return null;
      const path = filePath.toLowerCase().endsWith('.json') ? filePath : `${filePath}.json`;
      await writeTemplate(path, template);
      return path;
    },
    'report/template-import': async () => {
      const path = await choose('Import a template', FILTERS);
      if (path === undefined) return null;
      const template = await readTemplate(path);
      await keep(template);
      return template;
    },
    'report/logo': async () => {
      const images = [{ name: 'Images', extensions: ['png', 'jpg', 'jpeg', 'svg'] }];
      const path = await choose('Choose a logo', images);
      return path === undefined ? null : readLogo(path);
    },
  };
}

/** By name. What is no template (any more) is left out. */
async function listTemplates(folder: string): Promise<ReportTemplate[]> {
  const names = await readdir(folder).catch(() => []);
  const out: ReportTemplate[] = [];
  for (const name of names.filter((n) => n.endsWith('.json'))) {
    try {
      out.push(parseTemplate(await readFile(join(folder, name), 'utf8'), name));
    } catch {
      // A file that somebody else put there.
    }
  }
  return out.sort((a, b) => a.name.localeCompare(b.name));
}
