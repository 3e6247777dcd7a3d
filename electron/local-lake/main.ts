import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import type { LocalLakeState } from '../context.ts';
import { serveParent, type Call } from '../processes/child.ts';
import { startFromHere } from '../processes/brokered.ts';
import { openLake, type Lake, type LakeOptions } from './lake.ts';

const USAGE = 'usage: npm run lake -- --data-dir DIR [--port PORT] [--empty]';

/** The lake as a process of its own: from a terminal, or as a child of the app. */
const outDir = path.dirname(fileURLToPath(import.meta.url));
const isChild = process.send !== undefined || 'parentPort' in process;
if (isChild) serveApp(openLake(readOptions(process.argv.slice(2))));
else await serveTerminal();

function readOptions(args: string[]): LakeOptions {
  const { values } = parseArgs({ args, options: { port: { type: 'string', default: '0' }, 'data-dir': { type: 'string' }, empty: { type: 'boolean', default: false } } });
  const port = Number(values.port);
  if (!values['data-dir']) throw new AppError('BadInput', '--data-dir is missing.', { detail: USAGE });
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new AppError('BadInput', `--port ${values.port} is not a port number (0 to 65535).`, { detail: USAGE });
  return { dataDir: path.resolve(values['data-dir']), port, empty: values.empty, startChild: startFromHere(outDir), log: (message) => console.error(message) };
}

/** Prints one line of JSON when it listens; ends on SIGINT, SIGTERM or SIGHUP. */
async function serveTerminal(): Promise<void> {
  let lake: Lake;
  try {
    lake = await openLake(readOptions(process.argv.slice(2)));
  } catch (error) {
    console.error(error instanceof AppError ? [error.message, error.detail].filter(Boolean).join(' ') : `${(error as Error).message}\n${USAGE}`);
    process.exit(1);
  }
  console.log(JSON.stringify(lake.address));
  let closing = false;
  const end = () => {
    if (closing) return;
    closing = true;
    lake.close().then(() => process.exit(0), (error: unknown) => {
      console.error((error as Error).message);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

/** Answers the app: `address`, `watch` (states as progress, until cancelled), `close`. */
function serveApp(opening: Promise<Lake>): void {
  opening.catch(() => undefined); // whoever asks for the address is told
  serveParent({
    address: async () => (await opening).address,
    watch: async (_: unknown, call: Call) => {
      const lake = await opening;
      call.progress(lake.state());
      const stop = lake.onState((state: LocalLakeState) => call.progress(state));
      await new Promise((resolve) => call.signal.addEventListener('abort', resolve, { once: true }));
      stop();
      return null;
    },
    close: async () => {
      await (await opening).close();
      return null;
    },
  });
}
