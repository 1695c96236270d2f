export { LogsPage } from './LogsPage.tsx';
export { LogsSearch } from './logs-search.ts';
