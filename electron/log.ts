import path from 'node:path';
import log from 'electron-log/node.js';
import { redact } from './aws/redact.ts';

// Without Electron's app name there is no default place: nothing is written before `openLog` says where.
log.transports.file.level = false;
log.transports.console.level = false;
log.hooks.push((message) => ({ ...message, data: message.data.map(redact) }));

/** The backend's own log: `DIR/app/logs/backend.log`, one older file kept. Secrets are blanked out on the way. */
export { log };

/** Starts writing. `echo`: warnings and errors on stderr too. */
export function openLog(dir: string, { echo = false } = {}): void {
  log.transports.file.resolvePathFn = () => path.join(dir, 'logs', 'backend.log');
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.file.level = 'info';
  // stdout belongs to the host's one line of JSON.
  log.transports.console.writeFn = ({ message }) => void process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  log.transports.console.level = echo ? 'warn' : false;
}

/**
 * What nobody caught: logged. A rejection leaves the process as it was and it goes on; after an exception nothing is
 * certain, so it ends (state on disk survives that: every acknowledged write is synced).
 */
export function logUnexpected(exit: (code: number) => void = (code) => process.exit(code)): void {
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason));
  process.on('uncaughtException', (error) => {
    log.error('uncaught exception', error);
    exit(1);
  });
}
