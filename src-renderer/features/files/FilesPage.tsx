import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { plural } from '#proto/text/count';
import { importsQuery, useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import styles from './Files.module.css';
import { FormatGuide } from './FormatGuide.tsx';
import { ImportRow } from './ImportRow.tsx';
import { LocalFileRow } from './LocalFileRow.tsx';
import { useLocalFiles, useOpenFiles } from './use-open-files.ts';

/** Files that were opened: how far each is, what came of it, and the way to take it out again. */
export const FilesPage = () => {
  const bridge = useBridge();
  const imports = useQuery(importsQuery(bridge));
  const local = useLocalFiles();
  const openFiles = useOpenFiles();
  const items = imports.data?.items ?? [];
  const isEmpty = imports.isSuccess && items.length + local.length === 0;
  return (
    <main className={styles['page']} aria-label="Files" aria-busy={imports.isPending}>
      <title>Files · Sidelight</title>
      <header className={styles['header']}>
        <div>
          <h1 className={styles['heading']}>Files</h1>
          <p className={styles['text']} role="status">
            {imports.isPending
              ? '\u00a0'
              : isEmpty
                ? 'No file has been opened.'
                : `${plural(items.length + local.length, 'file')}. What came with one is labelled in every list, and can be removed again.`}
          </p>
        </div>
        <Button tone="primary" onClick={() => openFiles()}>
          <FolderOpen aria-hidden />
          Open files…
        </Button>
      </header>
      {imports.isError ? (
        <ErrorState title="The files could not be read" detail={imports.error.message} onRetry={() => void imports.refetch()} />
      ) : undefined}
      {items.length + local.length > 0 ? (
        <ul className={styles['files']}>
          {local.toReversed().map((file) => (
            <LocalFileRow key={`local ${file.key}`} file={file} />
          ))}
          {items.map((item) => (
            <ImportRow key={item.id} item={item} />
          ))}
        </ul>
      ) : undefined}
      {imports.isSuccess ? <FormatGuide /> : undefined}
    </main>
  );
};
