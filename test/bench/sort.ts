export { sortBench as bench } from './views.ts';
