import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { importsQuery, useBridge } from '#ui/bridge/index.ts';
import { type LocalFile, Uploads } from './uploads.ts';

/** One for the page: files go on being handed over while other views are looked at. */
const uploads = new Uploads();

export const useLocalFiles = (): readonly LocalFile[] => useSyncExternalStore(uploads.subscribe, uploads.get);

export const dismissLocalFile = (key: number): void => uploads.dismiss(key);

/** Opens files, and shows the view in which they appear; without any, lets a person choose some. */
export const useOpenFiles = (): ((files?: readonly File[]) => void) => {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = (files: readonly File[]): void => {
    if (files.length === 0) return;
    void navigate({ to: '/files' });
    uploads.add(files, bridge, () => void client.invalidateQueries({ queryKey: importsQuery(bridge).queryKey }));
  };
  return (files) => (files === undefined ? chooseFiles(open) : open(files));
};

const chooseFiles = (open: (files: readonly File[]) => void): void => {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => open([...(input.files ?? [])]), { once: true });
  input.click();
};
