export { FirstStart } from './FirstStart.tsx';
export { SetupPage } from './SetupPage.tsx';
export { SetupSearch } from './setup-search.ts';
