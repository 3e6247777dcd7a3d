export { filterBench as bench } from './views.ts';
