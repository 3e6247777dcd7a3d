// npm run package [-- electron-builder's own arguments, e.g. --dir]: builds out/, then installers in dist/.
// Where Electron's runtime is missing, `--dir` still packs the app around a placeholder that says so, so that what goes
// into the package can be checked; installers are refused.
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { buildAll, root } from './build.mjs';

const args = process.argv.slice(2);
const onlyDir = args.includes('--dir');
const electronFolder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(electronFolder, 'dist');

let electronDist;
if (!existsSync(path.join(runtime, process.platform === 'win32' ? 'electron.exe' : 'electron'))) {
  if (!onlyDir && !process.env.SECCHI_FETCH_ELECTRON) {
    console.error("Electron's runtime is not on this machine. `npm run package -- --dir` packs without it; set SECCHI_FETCH_ELECTRON=1 to let electron-builder download it.");
    process.exit(1);
  }
  if (onlyDir) {
    electronDist = mkdtempSync(path.join(tmpdir(), 'secchi-electron-'));
    const placeholder = path.join(electronDist, 'electron');
    writeFileSync(placeholder, '#!/bin/sh\necho "This package was made without Electron\'s runtime and cannot start." >&2\nexit 1\n');
    chmodSync(placeholder, 0o755);
    console.log('package: no Electron runtime here; packing around a placeholder.');
  }
} else {
  electronDist = runtime;
}

await buildAll();
const made = await build({
  projectDir: root,
  targets: onlyDir ? Platform.current().createTarget('dir') : Platform.current().createTarget(),
  publish: 'never',
  config: (await import('./electron-builder.mjs')).default({ electronDist }),
});
for (const file of made) console.log(`package: ${path.relative(root, file)}`);
console.log('package: done');
