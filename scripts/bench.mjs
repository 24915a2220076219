import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { openDisplay, setup } from './setup.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { inRoot, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';

const [wanted, ...args] = process.argv.slice(2);

/** Benches that drive the real window, and so want a runtime and a display. */
const IN_WINDOW = ['clicks', 'frames'];

/** A bench uses the modules of src/ as TypeScript; this gives the ES module that comes out what CommonJS has. */
const banner = [
  "import { createRequire as requireFrom } from 'node:module';",
  'const require = requireFrom(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join('\n');

function benches() {
  const folder = inRoot('bench');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ts')) : [];
  return files.map((file) => basename(file, '.ts')).sort();
}

async function bundle(name) {
  const { build } = await import('vite');
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __COLDTRAIL_VERSION__: JSON.stringify(version) },
    build: {
      ssr: inRoot('bench', `${name}.ts`),
      outDir: inRoot('out', 'bench', name),
      target: 'node20',
      minify: false,
      sourcemap: true,
      rollupOptions: {
        output: { format: 'es', entryFileNames: 'index.mjs', chunkFileNames: '[name]-[hash].mjs', banner },
      },
    },
  });
  return inRoot('out', 'bench', name, 'index.mjs');
}

async function runScript(script, env) {
  const { code } = await run(process.execPath, ['--expose-gc', '--enable-source-maps', script, ...args], {
    stdio: 'inherit',
    env,
  });
  return code;
}

async function runInWindow(script) {
  const COLDTRAIL_ELECTRON = await setup();
  const display = await openDisplay();
  try {
    return await runScript(script, { ...display.env, COLDTRAIL_ELECTRON });
  } finally {
    display.stop();
  }
}

/** `npm run bench` runs every bench/<name>.ts; `npm run bench -- <name> [arguments]` one of them. */
async function runBenches() {
  const names = benches().filter((name) => wanted === undefined || name === wanted);
  if (names.length === 0) throw new Error(`there is no such bench; known: ${benches().join(', ') || 'none'}`);
  await ensurePackages();
  await ensureBuilt();
  let failed = 0;
  for (const name of names) {
    say(`# ${name}`);
    const script = await bundle(name);
    const code = await (IN_WINDOW.includes(name) ? runInWindow(script) : runScript(script, process.env));
    if (code !== 0) failed += 1;
  }
  return failed;
}

try {
  process.exitCode = (await runBenches()) > 0 ? 1 : 0;
} catch (error) {
  say(`bench: ${error.message}`);
  process.exitCode = 2;
}
