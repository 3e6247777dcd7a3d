// Builds out/: the processes with esbuild, the page with Vite. `--node` leaves the page out; `--if-stale` does nothing
// where out/ is newer than every source.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { electronEntries, nodeEntries, preloadEntries } from './entries.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'out');

/** Newest modification below the sources, in ms. */
function newestSource() {
  let newest = 0;
  const visit = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const name = path.join(at, entry.name);
      if (entry.isDirectory()) visit(name);
      else newest = Math.max(newest, statSync(name).mtimeMs);
    }
  };
  for (const dir of ['electron', 'shared', 'renderer', 'build', 'test']) visit(path.join(root, dir));
  return Math.max(newest, statSync(path.join(root, 'package-lock.json')).mtimeMs);
}

const present = (entries) => Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file))));

const shared = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', sourcemap: 'linked', logLevel: 'warning', outdir: out };
// Dependencies stay in node_modules: native ones must, and the rest start as fast unbundled.
const unbundled = { ...shared, packages: 'external', format: 'esm' };

export async function buildNode() {
  await Promise.all([
    esbuild.build({ ...unbundled, entryPoints: { ...present(nodeEntries), ...present(electronEntries) } }),
    esbuild.build({ ...shared, entryPoints: present(preloadEntries), format: 'cjs', external: ['electron'], outExtension: { '.js': '.cjs' } }),
  ]);
}

export async function buildPage() {
  const { build } = await import('vite');
  await build({ configFile: path.join(root, 'build/vite.config.mjs'), logLevel: 'warn' });
}

export async function buildAll({ ifStale = false, node = false } = {}) {
  const stamp = path.join(out, node ? '.built-node' : '.built');
  if (ifStale && existsSync(stamp) && statSync(stamp).mtimeMs > newestSource()) return;
  await buildNode();
  if (!node) await buildPage();
  writeFileSync(stamp, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll({ ifStale: process.argv.includes('--if-stale'), node: process.argv.includes('--node') });
}
