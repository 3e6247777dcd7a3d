import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react()],
  build: { outDir: path.join(root, 'out/page'), emptyOutDir: true, target: 'chrome140', sourcemap: false, chunkSizeWarningLimit: 6000, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
});
