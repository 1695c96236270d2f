export { ComparePage } from './traces/ComparePage.tsx';
export { CompareSearch, GroupsSearch } from './compare-search.ts';
export { GroupsPage } from './groups/GroupsPage.tsx';
