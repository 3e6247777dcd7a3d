import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const LINUX = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser'];
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe'];

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') return MAC;
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return roots.flatMap((root) => WINDOWS.map((name) => path.join(root, name)));
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return LINUX.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

const hasDisplay = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) =>
  platform === 'darwin' || platform === 'win32' ? !env.SSH_CONNECTION : Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** An installed browser that can show a page as an app window; undefined where there is none, or no display. */
export async function findChromium(platform = process.platform, env = process.env): Promise<string | undefined> {
  if (!hasDisplay(platform, env)) return undefined;
  for (const file of candidates(platform, env)) {
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return undefined;
}

/** Opens the redirect file in an app window with a profile of its own. False where there is nothing to open it with. */
export async function openAppWindow(redirectFile: string, profileDir: string): Promise<boolean> {
  const browser = await findChromium();
  if (!browser) return false;
  const child = spawn(browser, [`--app=${pathToFileURL(redirectFile).href}`, `--user-data-dir=${profileDir}`, '--no-first-run', '--no-default-browser-check', '--window-size=1280,800'], {
    stdio: 'ignore',
    detached: true,
  });
  child.unref();
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
}
