import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { npm, run } from '../setup/run.mjs';

/** Files of ours and of others that tell under which licence data is shipped. */
const DATA = [
  ['Where addresses are (DB-IP, RouteViews, NRO)', 'resources/geo/README.md'],
  ['ATT&CK', 'resources/attack/README.md'],
  ['Map of the world (Natural Earth)', 'resources/map/README.md'],
  ['Detection rules', 'resources/detections/README.md'],
];

/**
 * Writes what a package must carry beside the program: licences of every module that is shipped and of the data, the
 * bill of materials (CycloneDX), the man page.
 * The runtime's own licences are beside its executable. @param {string} folder where
 */
export async function writeNotices(folder) {
  mkdirSync(folder, { recursive: true });
  const modules = shippedModules();
  writeFileSync(join(folder, 'LICENSE'), readFileSync(inRoot('LICENSE')));
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdParty(modules));
  writeFileSync(join(folder, 'DATA.md'), dataNotices());
  writeFileSync(join(folder, 'sbom.cdx.json'), await billOfMaterials());
  writeFileSync(join(folder, 'coldtrail.1'), await manPage());
}

/** Folders of the production dependencies and of what they need, from the lock file. */
function shippedModules() {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && existsSync(inRoot(path)))
    .map(([path, { version, license }]) => ({ path, version, license }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function thirdParty(modules) {
  const parts = modules.map(({ path, version, license }) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const file = readdirSync(inRoot(path)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file
      ? readFileSync(inRoot(path, file), 'utf8').trim()
      : `Licence: ${license ?? 'see the package'}`;
    return `${name} ${version} (${license ?? 'licence as below'})\n${'-'.repeat(72)}\n${text}\n`;
  });
  return `What Coldtrail ships of others, and under which licence.\n\n${parts.join('\n\n')}`;
}

function dataNotices() {
  const parts = DATA.filter(([, file]) => existsSync(inRoot(file))).map(
    ([title, file]) => `# ${title}\n\n${readFileSync(inRoot(file), 'utf8').trim()}\n`,
  );
  return parts.join('\n\n');
}

/** Without the serial number and the time of making, which would differ from build to build. */
async function billOfMaterials() {
  const { code, output } = await npm(
    ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--package-lock-only', '--loglevel=silent'],
    { capture: true },
  );
  if (code !== 0) throw new Error(`npm sbom ended with ${code}: ${output.slice(-500)}`);
  const bill = JSON.parse(output.slice(output.indexOf('{')));
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  return `${JSON.stringify(bill, null, 1)}\n`;
}

/** The man page says what `--help` says. */
async function manPage() {
  const help = (args) => run(process.execPath, [inRoot('out', 'main', 'cli.js'), ...args], { capture: true });
  const { output } = await help(['--help']);
  const names = [...output.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
  const sections = [];
  for (const name of names)
    sections.push(`.SS ${name}\n.nf\n${escaped((await help([name, '--help'])).output.trim())}\n.fi`);
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return `.TH COLDTRAIL 1 "" "Coldtrail ${version}" "User Commands"
.SH NAME
coldtrail \\- offline forensics for exported AWS logs
.SH SYNOPSIS
.B coldtrail
[\\fIcase or bundle\\fR]
.br
.B coldtrail
\\fIcommand\\fR [\\fIoptions\\fR]
.SH DESCRIPTION
Without a command the window opens. Commands work in the terminal, without a display too. Nothing is sent anywhere.
.SH COMMANDS
${sections.join('\n')}
.SH EXIT STATUS
0 done, 1 failed, 2 wrong usage, 3 done with issues.
`;
}

function escaped(text) {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/^(['.])/gm, '\\&$1')
    .replaceAll('-', '\\-');
}
