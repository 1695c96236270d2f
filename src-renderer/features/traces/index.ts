export { TracesPage } from './TracesPage.tsx';
export { TracesSearch } from './traces-search.ts';
