// npm run bench -- NAME…: prints one line of JSON per measurement. A bench is one file here and one line below.
import type { Bench, Measurement } from './measure.ts';

const BENCHES: Record<string, () => Promise<{ bench: Bench }>> = {
  startup: () => import('./startup.ts'),
  list: () => import('./list.ts'),
  listing: () => import('./list.ts'),
  results: () => import('./results.ts'),
  chart: () => import('./chart.ts'),
  page: () => import('./page.ts'),
  sort: () => import('./sort.ts'),
  filter: () => import('./filter.ts'),
  export: () => import('./export.ts'),
  upload: () => import('./upload.ts'),
  download: () => import('./download.ts'),
  'small-files': () => import('./smallFiles.ts'),
  desk: () => import('./desk.ts'),
  'sync-plan': () => import('./syncPlan.ts'),
  tpch: () => import('./tpch.ts'),
};

const report = (measurement: Measurement) => console.log(JSON.stringify(measurement));

// `--flag value` are for the benches themselves.
const names = process.argv.slice(2).filter((argument, at, all) => !argument.startsWith('--') && !all[at - 1]?.startsWith('--'));
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (names.length === 0 || unknown.length > 0) {
  console.error(`${unknown.length > 0 ? `No bench ${unknown.join(', ')}. ` : ''}npm run bench -- ${Object.keys(BENCHES).join('|')}`);
  process.exitCode = 2;
} else {
  for (const name of names) {
    const { bench } = await BENCHES[name]!();
    await bench(report);
  }
}
