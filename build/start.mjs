// npm start: builds what is stale, then opens Secchi in Electron; where Electron's runtime is not there and cannot be
// fetched, says so in one line and opens the browser host instead (docs/decisions/0004-start-without-electron-runtime.md).
import { spawn } from 'node:child_process';
import { buildAll, root } from './build.mjs';
import { electronRuntime } from './electronRuntime.mjs';

/** Runs to its end in this terminal; signals go on to it. */
function run(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root, env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

await buildAll({ ifStale: true });
const args = process.argv.slice(2);
const runtime = args.includes('--browser') ? { reason: 'asked for the browser host' } : await electronRuntime();
if (runtime.path) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  run(runtime.path, [root, ...args.filter((arg) => arg !== '--no-open')], env);
} else {
  console.error(`Without Electron (${runtime.reason}): Secchi opens in a browser instead.`);
  run(process.execPath, ['--enable-source-maps', `${root}/out/serve.js`, ...args.filter((arg) => arg !== '--browser')]);
}
