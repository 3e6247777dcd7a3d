import path from 'node:path';
import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, pool: 'forks' as const };

export default defineConfig({
  test: {
    projects: [
      { test: { ...node, name: 'unit', testTimeout: 30_000, include: ['test/unit/**/*.test.ts'], server: { deps: { inline: ['dt-sql-parser', 'monaco-sql-languages', 'antlr4-c3', 'antlr4ng'] } } } },
      { test: { ...node, name: 'integration', include: ['test/integration/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: true, maxWorkers: 2 } },
      {
        // Electron's main, shell and preload as they are, on a stand-in for the module they import.
        resolve: { alias: { electron: path.resolve(import.meta.dirname, 'test/support/electron-stand-in/index.ts') } },
        test: { ...node, name: 'shell', include: ['test/e2e/electron/**/*.test.ts'], testTimeout: 90_000, hookTimeout: 120_000, fileParallelism: false, retry: 1 },
      },
      { test: { ...node, name: 'peers', include: ['test/peers/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
