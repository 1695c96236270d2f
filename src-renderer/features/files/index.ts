export { FileDrop } from './FileDrop.tsx';
export { FilesPage } from './FilesPage.tsx';
export { useOpenFiles } from './use-open-files.ts';
