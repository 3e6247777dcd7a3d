import path from 'node:path';
import { app } from 'electron';
import { defaultDataDir } from '../browser/options.ts';

/** Where things are: bundles inside the app; data where the browser host keeps it too, or where `--data-dir` says. */
export function appPaths(argv: string[]): { outDir: string; pageDir: string; dataDir: string } {
  const outDir = path.join(app.getAppPath(), 'out');
  const at = argv.indexOf('--data-dir');
  const chosen = at < 0 ? undefined : argv[at + 1];
  return { outDir, pageDir: path.join(outDir, 'page'), dataDir: chosen ? path.resolve(chosen) : defaultDataDir() };
}
