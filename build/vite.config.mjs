import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What pdf.js asks for by name: character maps, the fonts every PDF may use, decoders in JavaScript. Below out/page/pdf/. */
const pdfFiles = {
  name: 'pdf-files',
  generateBundle() {
    const from = path.join(root, 'node_modules/pdfjs-dist');
    for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
      for (const file of readdirSync(path.join(from, folder))) {
        if (!file.endsWith('.wasm')) this.emitFile({ type: 'asset', fileName: `pdf/${folder}/${file}`, source: readFileSync(path.join(from, folder, file)) });
      }
    }
  },
};

export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react(), pdfFiles],
  build: { outDir: path.join(root, 'out/page'), emptyOutDir: true, target: 'chrome140', sourcemap: false, chunkSizeWarningLimit: 6000, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
});
