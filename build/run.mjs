// node build/run.mjs NAME [arguments]: builds what is stale, then runs out/NAME.js in this terminal.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildAll, root } from './build.mjs';

const [name, ...args] = process.argv.slice(2);
await buildAll({ ifStale: true, node: name === 'lake' });
const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'out', `${name}.js`), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
