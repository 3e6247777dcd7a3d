// Electron's runtime: where it is, or why it cannot be used here. The npm package brings only a downloader that runs at
// first use; a machine that cannot reach its host must learn that in seconds, not minutes.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { root } from './build.mjs';

const PROBE_MS = 3_000;
const FROM_CACHE_MS = 15_000;
const DOWNLOAD_MS = 10 * 60_000;

const packageDir = path.join(root, 'node_modules', 'electron');

function installed() {
  const pathFile = path.join(packageDir, 'path.txt');
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    const file = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH, existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron');
    return existsSync(file) ? file : undefined;
  }
  if (!existsSync(pathFile)) return undefined;
  const file = path.join(packageDir, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : undefined;
}

/** What keeps Electron from opening a window here, whether its runtime is there or not. */
function obstacle() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'its sandbox does not run as root';
  return undefined;
}

async function downloadHostAnswers() {
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8'));
  const mirror = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/electron/electron/releases/download/';
  const url = `${mirror.replace(/\/?$/, '/')}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}

function cacheExists() {
  const { platform, env } = process;
  const base = platform === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : platform === 'win32' ? (env.LOCALAPPDATA ?? '') : env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return existsSync(env.electron_config_cache || path.join(base, 'electron'));
}

/** Runs the package's own installer, quietly; false where it failed or took too long. */
function install(limit) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(packageDir, 'install.js')], { stdio: 'ignore', timeout: limit, killSignal: 'SIGKILL' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** `{ path }` of the executable, or `{ reason }` why Electron cannot be used on this machine now. */
export async function electronRuntime() {
  const reason = obstacle();
  if (reason) return { reason };
  if (!existsSync(packageDir)) return { reason: 'it is not installed' };
  const found = installed();
  if (found) return { path: found };
  const reachable = await downloadHostAnswers();
  if (!reachable && !cacheExists()) return { reason: 'its runtime cannot be fetched here' };
  if (reachable) console.error('Fetching Electron’s runtime (once) …');
  await install(reachable ? DOWNLOAD_MS : FROM_CACHE_MS);
  const fetched = installed();
  return fetched ? { path: fetched } : { reason: 'its runtime could not be fetched' };
}
