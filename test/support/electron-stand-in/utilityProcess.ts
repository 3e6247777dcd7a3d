import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// A utility process talks through `process.parentPort`; this gives a forked Node process one.
const shim = path.join(tmpdir(), `secchi-parent-port-${process.pid}.mjs`);
writeFileSync(
  shim,
  `import { EventEmitter } from 'node:events';
const port = new EventEmitter();
port.postMessage = (message) => process.connected && process.send(message);
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit(0));
process.parentPort = port;
`,
);

export const utilityProcess = {
  fork(modulePath: string, args: string[] = []) {
    const child = fork(modulePath, args, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--import', shim] });
    const events = new EventEmitter();
    child.on('message', (message) => events.emit('message', message));
    child.once('exit', (code) => events.emit('exit', code ?? 1));
    return Object.assign(events, {
      postMessage: (message: unknown) => void (child.connected && child.send(message as object)),
      kill: () => child.kill(),
      get pid() {
        return child.pid;
      },
    });
  },
};
