export { useReadAhead } from './read-ahead.ts';
export { TracePage } from './TracePage.tsx';
export { TraceSearch } from './trace-search.ts';
