import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { version } from './package.json';

const define = { __COLDTRAIL_VERSION__: JSON.stringify(version) };

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/main/**/*.ts', 'src/shared/**/*.ts'],
      exclude: ['src/main/index.ts', 'src/main/shell/**', 'src/main/cli/**', 'src/main/worker/index.ts'],
      reporter: ['text-summary', 'json-summary'],
      // The floor under the domain; `npm test` fails below it.
      thresholds: { lines: 90, statements: 88, functions: 90, branches: 76 },
    },
    projects: [
      {
        define,
        test: {
          name: 'main',
          environment: 'node',
          include: ['test/{main,shared,sample,catalogue,evaluation}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [svelte({ configFile: resolve('svelte.config.mjs') }), svelteTesting()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        define,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/evidence.ts',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
