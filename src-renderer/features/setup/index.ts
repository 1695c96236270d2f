export { FirstStart } from './FirstStart.tsx';
export { SetupPage } from './SetupPage.tsx';
