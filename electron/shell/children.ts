import path from 'node:path';
import { utilityProcess } from 'electron';
import type { StartChild } from '../processes/parent.ts';
import type { ToParent } from '../processes/protocol.ts';

/** Electron's way to start a bundled entry: a utility process (fork needs the RunAsNode fuse, which is off). */
export function electronStartChild(outDir: string): StartChild {
  return (name, args) => {
    const child = utilityProcess.fork(path.join(outDir, `${name}.js`), args, { serviceName: `Secchi ${name}`, stdio: 'inherit' });
    return {
      post: (message) => child.postMessage(message),
      onMessage: (receive) => void child.on('message', (message) => receive(message as ToParent)),
      onExit: (ended) => void child.once('exit', (code) => ended(`code ${code}`)),
      kill: () => void child.kill(),
      get pid() {
        return child.pid;
      },
    };
  };
}
