/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads its default app as CommonJS */
// What the development build of Electron does with `electron [-r module] <app> [arguments]`: load that app. The
// fallback runtime comes without this file, so it is packed into its resources as default_app.asar.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const args = process.argv.slice(1);
const required = [];
let target;
for (let i = 0; i < args.length && target === undefined; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') required.push(args[(i += 1)]);
  else if (!args[i].startsWith('-')) target = path.resolve(args[i]);
}

if (required.length > 0) Module._preloadModules(required);

if (target === undefined) {
  process.stderr.write('This is an Electron runtime for tests. Usage: electron <path of an app>\n');
  app.exit(1);
} else {
  load(target);
}

function load(appPath) {
  try {
    const manifest = path.join(appPath, 'package.json');
    if (fs.existsSync(manifest)) {
      const { name, productName, version } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
      app.setAppPath(appPath);
      if (productName || name) app.setName(productName || name);
      if (version) app.setVersion(version);
      app.setDesktopName(`${name}.desktop`);
    } else {
      app.setAppPath(path.dirname(appPath));
    }
    Module._load(Module._resolveFilename(appPath, null, true), Module, true);
  } catch (error) {
    process.stderr.write(`Cannot load ${appPath}: ${error.stack}\n`);
    app.exit(1);
  }
}
