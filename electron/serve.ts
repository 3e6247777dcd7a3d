import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../shared/errors.ts';
import { createBackend } from './backend.ts';
import { openAppWindow } from './browser/appWindow.ts';
import { announce, findRunning, writeRedirect } from './browser/instance.ts';
import { parseOptions, USAGE } from './browser/options.ts';
import { startLocalLake } from './local-lake/start.ts';
import { logUnexpected } from './log.ts';
import { nodeStartChild } from './processes/parent.ts';
import { listen } from './transport/httpHost.ts';
import { createSessions } from './transport/sessions.ts';
import packageJson from '../package.json' with { type: 'json' };

/** An end in order that takes longer is cut short: nothing acknowledged is lost by that. */
const END_WITHIN_MS = 10_000;
const outDir = path.dirname(fileURLToPath(import.meta.url));

/** One line of JSON on stdout, for whoever started this; one for people on stderr. */
function say(url: string, redirectFile: string): void {
  console.log(JSON.stringify({ url, redirectFile }));
  console.error(`Secchi is at ${url}`);
}

async function open(url: string, redirectFile: string, appDir: string, wanted: boolean): Promise<void> {
  say(url, redirectFile);
  if (wanted && !(await openAppWindow(redirectFile, path.join(appDir, 'browser')))) {
    console.error('No display with Chrome, Chromium or Edge was found: open the address above in a browser of this computer.');
  }
}

async function serve(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const appDir = path.join(options.dataDir, 'app');
  const running = await findRunning(appDir);
  if (running) return open(running, await writeRedirect(appDir, running), appDir, options.open);

  const startChild = nodeStartChild(outDir);
  const localLake = startLocalLake({ dataDir: options.dataDir, startChild, empty: options.empty });
  const backend = await createBackend({ dataDir: options.dataDir, host: { kind: 'browser' }, startChild, localLake, version: packageJson.version, echoLog: true }).catch(
    async (error: unknown) => {
      await localLake.close();
      throw error;
    },
  );
  const sessions = createSessions();
  const host = await listen({ port: options.port, pageDir: path.join(outDir, 'page'), router: backend.router, tickets: backend.tickets, sessions });
  const address = (key: string) => `http://127.0.0.1:${host.port}/#key=${key}`;
  const forget = await announce(appDir, address(sessions.launchKey));

  let endingSince: number | undefined;
  const end = async () => {
    // Asked again: at once. One Ctrl-C may arrive twice, from the terminal and from the npm script around us.
    if (endingSince !== undefined) return void (Date.now() - endingSince > 500 && process.exit(1));
    endingSince = Date.now();
    setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
    await forget();
    await host.close();
    await backend.close();
    await localLake.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

  await open(address(sessions.launchKey), await writeRedirect(appDir, address(sessions.oneTimeKey())), appDir, options.open);
}

logUnexpected();
serve().catch((error: unknown) => {
  console.error(error instanceof AppError ? [error.message, error.detail].filter(Boolean).join(' ') : error);
  if (error instanceof AppError && error.code === 'BadInput') console.error(USAGE);
  process.exit(1);
});
