import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { arrivalOf, type Import } from '#proto/bridge/imports';
import { formatBytes } from '#proto/text/count';
import { importsQuery, useBridge } from '#ui/bridge/index.ts';
import { InertText } from '#ui/components/InertText.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import styles from './Files.module.css';
import { contentWords, droppedWords, percent, progressWords } from './import-words.ts';
import { ImportProblems } from './ImportProblems.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';

/** A file that was opened, or is being read. */
export const ImportRow = ({ item }: { item: Import }) => {
  const progress = progressWords(item);
  return (
    <li className={styles['file']} aria-label={item.name}>
      <div className={styles['words']}>
        <p className={styles['name']}>
          <InertText text={item.name} />
        </p>
        {progress === undefined ? <Outcome item={item} /> : <Progress item={item} words={progress} />}
        <ImportProblems report={item.report} />
      </div>
      <Actions item={item} />
    </li>
  );
};

const Progress = ({ item, words }: { item: Import; words: string }) => (
  <>
    <p className={styles['muted']}>
      {words}
      {contentWords(item) === '' ? undefined : ` · ${contentWords(item)} so far`}
    </p>
    {item.state === 'removing' ? undefined : (
      <progress
        className={styles['progress']}
        aria-label={`${words}: ${item.name}`}
        max={100}
        value={percent(item.bytesDone, item.bytes)}
      />
    )}
  </>
);

const Outcome = ({ item }: { item: Import }) => {
  const { state, message, report, bytes, importedTimeUnixNano } = item;
  const content = contentWords(item);
  const dropped = droppedWords(item);
  return (
    <>
      {message === '' ? undefined : (
        <p className={state === 'failed' ? styles['failure'] : styles['look']} role={state === 'failed' ? 'alert' : undefined}>
          <InertText text={message} />
        </p>
      )}
      {content === '' ? undefined : <p>{content}</p>}
      <p className={styles['muted']}>
        {report.format === '' ? undefined : `${report.format} · `}
        {formatBytes(bytes)} · <RelativeTime time={importedTimeUnixNano} withAgo />
        {dropped === '' ? undefined : ` · ${dropped}`}
      </p>
    </>
  );
};

const Actions = ({ item }: { item: Import }) => {
  const { id, name, state, report, storedSpans, storedLogs } = item;
  const bridge = useBridge();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => bridge.imports.remove({ id }),
    onSettled: () => client.invalidateQueries({ queryKey: importsQuery(bridge).queryKey }),
  });
  const isUnderWay = state === 'uploading' || state === 'reading';
  const isGone = state === 'failed' || state === 'duplicate';
  const [onlyTrace] = report.traceCount === 1 ? report.traceIds : [];
  return (
    <div className={styles['actions']}>
      {storedSpans > 0 && onlyTrace === undefined ? (
        <Link className={styles['link']} to="/traces" search={arrivalOf(item)}>
          Show traces
        </Link>
      ) : undefined}
      {storedSpans > 0 && onlyTrace !== undefined ? (
        <Link className={styles['link']} to="/traces/$traceId" params={{ traceId: onlyTrace }}>
          Show trace
        </Link>
      ) : undefined}
      {storedLogs > 0 && storedSpans === 0 ? (
        <Link className={styles['link']} to="/logs">
          Show logs
        </Link>
      ) : undefined}
      {remove.isError ? (
        <span className={styles['failure']} role="alert">
          {remove.error.message}
        </span>
      ) : undefined}
      <Button
        disabled={remove.isPending || state === 'removing'}
        aria-label={`${isUnderWay ? 'Cancel' : isGone ? 'Dismiss' : 'Remove'} ${name}`}
        onClick={() => (isUnderWay || isGone ? remove.mutate() : setAsking(true))}
      >
        {isUnderWay ? 'Cancel' : isGone ? 'Dismiss' : 'Remove…'}
      </Button>
      {isAsking ? (
        <RemoveDialog
          name={name}
          onClose={() => setAsking(false)}
          onRemove={() => {
            setAsking(false);
            remove.mutate();
          }}
        />
      ) : undefined}
    </div>
  );
};
