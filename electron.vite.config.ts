import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { version } from './package.json';

// The fallback runtime (docs/platform notes in README) is Electron 25: Node 18.15 and Chrome 114, so syntax is
// lowered to it; newer runtimes run the same bundles. DuckDB stays external: it is a native addon.
const node = { target: 'node18.15', sourcemap: true, minify: false } as const;

export default defineConfig({
  main: {
    define: { __COLDTRAIL_VERSION__: JSON.stringify(version) },
    build: {
      ...node,
      // Only the native addon stays outside: a package then carries no module that nobody needs.
      externalizeDeps: false,
      rolldownOptions: {
        external: /^@duckdb\//,
        input: {
          index: resolve('src/main/index.ts'),
          worker: resolve('src/main/worker/index.ts'),
          cli: resolve('src/main/cli/index.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      ...node,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte({ configFile: resolve('svelte.config.mjs') })],
    build: {
      target: 'chrome114',
      cssTarget: 'chrome114',
      rolldownOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
    worker: { format: 'es' },
  },
});
