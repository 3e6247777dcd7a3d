import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LaunchOptions } from 'playwright-core';

// The package's own default arguments switch web security off; these only fit it to a machine without display or GPU.
const headlessArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

/**
 * How tests and the tour start a browser: SECCHI_CHROMIUM where it is set; on Linux x64 the Chromium inside an npm package
 * (nothing to install); elsewhere the installed Chrome.
 */
export async function chromiumLaunch(): Promise<LaunchOptions> {
  if (process.env.SECCHI_CHROMIUM) return { executablePath: process.env.SECCHI_CHROMIUM, args: headlessArgs };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const folder = await unpacked();
  const executablePath = path.join(folder, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') };
  const libraries = starts(executablePath, process.env) ? {} : { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
  return { executablePath, args: headlessArgs, env: { ...stringEnv(), ...fonts, ...libraries } };
}

/** The folder with the browser, its fonts and (for slim images) its shared libraries: unpacked once per version. */
async function unpacked(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageFolder = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../..');
  const { version } = require(path.join(packageFolder, 'package.json')) as { version: string };
  const folder = path.resolve(packageFolder, '../../.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;

  // The package unpacks into the temporary folder, and its libraries only where it believes to be on AWS Lambda. It gets
  // a folder of its own, renamed when whole, so that an interrupted or a second run never meets half a browser.
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, FONTCONFIG_PATH: process.env.FONTCONFIG_PATH };
  Object.assign(process.env, { TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    writeFileSync(path.join(aside, 'fonts', 'fonts.conf'), fontconfig(folder));
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(aside, { recursive: true }); // another run was first
  }
  return folder;
}

/** The package's own configuration names /tmp; this one names where its fonts really are. */
const fontconfig = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;

function starts(executable: string, env: NodeJS.ProcessEnv): boolean {
  try {
    execFileSync(executable, ['--version'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false; // shared libraries are missing
  }
}

const stringEnv = () => Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
