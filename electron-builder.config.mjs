import { readFileSync } from 'node:fs';
import { dropDefaultApp } from './scripts/packaging/after-pack.mjs';

/**
 * How the packages are made (`npm run package`, docs/packaging.md). The runtime that is packed comes from
 * COLDTRAIL_ELECTRON_DIST when scripts/package.mjs names one, else electron-builder fetches the pinned version.
 */

const { version, devDependencies } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
);

const dist = process.env.COLDTRAIL_ELECTRON_DIST;
/** A package on the fallback runtime is for tests alone, and says so in its name. */
const testOnly = process.env.COLDTRAIL_TEST_ONLY === 'true';
const name = `coldtrail${testOnly ? '-test-only' : ''}`;

const manPage = ['dist/notices/coldtrail.1=/usr/share/man/man1/coldtrail.1'];

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.coldtrail.Coldtrail',
  productName: 'Coldtrail',
  copyright: 'Coldtrail developers, Apache-2.0',
  electronVersion: process.env.COLDTRAIL_ELECTRON_VERSION ?? devDependencies.electron,
  ...(dist ? { electronDist: dist } : {}),
  electronLanguages: ['en-US'],
  // electron-builder insists on a home page; the project has none, and the packages name none.
  extraMetadata: { homepage: 'https://coldtrail.invalid/' },
  protocols: [{ name: 'Link into a Coldtrail case', schemes: ['coldtrail'] }],
  npmRebuild: false,
  publish: null,
  directories: { output: 'dist', buildResources: 'resources/package' },
  // Everything but DuckDB's native addon is bundled into out/.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    '!**/*.map',
    'package.json',
    '!node_modules/**',
    'node_modules/@duckdb/**',
    '!node_modules/@duckdb/**/*.{md,ts,map}',
  ],
  asar: true,
  asarUnpack: ['node_modules/@duckdb/node-bindings-*/**'],
  extraFiles: [
    { from: 'resources/package/bin', to: 'bin' },
    { from: 'dist/notices', to: 'notices' },
  ],
  afterPack: dropDefaultApp,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Checked by macOS and Windows only; Linux has no check of it.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  },
  linux: {
    target: ['tar.gz', 'deb', 'rpm'],
    executableName: 'coldtrail',
    icon: 'resources/package/icon.png',
    category: 'Utility',
    synopsis: 'Offline forensics for exported AWS logs',
    description:
      'Reads exported CloudTrail, VPC flow, GuardDuty, Security Hub, EKS, DNS and S3 logs on a workstation without a network: behaviour graph, baselines, incidents, investigations and a report in which each sentence cites its records.',
    maintainer: 'Coldtrail developers <developers@coldtrail.invalid>',
    vendor: 'Coldtrail developers',
    artifactName: `${name}-${version}-linux-\${arch}.\${ext}`,
    desktop: {
      entry: {
        Name: 'Coldtrail',
        Comment: 'Offline forensics for exported AWS logs',
        Keywords: 'forensics;incident;aws;cloudtrail;logs;',
        MimeType: 'inode/directory;application/zip;',
      },
    },
  },
  deb: {
    packageName: 'coldtrail',
    depends: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'xvfb'],
    recommends: ['fonts-inter', 'fonts-jetbrains-mono', 'fonts-noto-core', 'libegl1'],
    afterInstall: 'resources/package/after-install.sh',
    afterRemove: 'resources/package/after-remove.sh',
    fpm: manPage,
  },
  rpm: {
    packageName: 'coldtrail',
    depends: ['gtk3', 'nss', 'alsa-lib', 'mesa-libgbm', 'xorg-x11-server-Xvfb'],
    afterInstall: 'resources/package/after-install.sh',
    afterRemove: 'resources/package/after-remove.sh',
    fpm: manPage,
  },
  // Not built on Linux: configured, and named untested in docs/packaging.md.
  win: {
    target: ['nsis', 'portable'],
    icon: 'resources/package/icon.png',
    artifactName: `${name}-${version}-windows-\${arch}.\${ext}`,
  },
  nsis: { oneClick: false, perMachine: true, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg'],
    icon: 'resources/package/icon.png',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    artifactName: `${name}-${version}-macos-\${arch}.\${ext}`,
  },
};
