/** Every file of out/ that runs in Node or Electron, and where it comes from. */
export const nodeEntries = {
  serve: 'electron/serve.ts',
  lake: 'electron/local-lake/main.ts',
  'lake-engine': 'electron/local-lake/athena/engine/main.ts',
  'results-engine': 'electron/results/engine/main.ts',
  'files-engine': 'electron/services/files/engine/main.ts',
  'desk-engine': 'electron/engines/duckdb/process/main.ts',
  hasher: 'electron/transfers/download/hasher/main.ts',
  bench: 'test/bench/main.ts',
  tour: 'test/tour/main.ts',
  pictures: 'test/tour/pictures.ts',
};
export const electronEntries = { main: 'electron/main.ts' };
export const preloadEntries = { preload: 'electron/shell/preload.ts' };
