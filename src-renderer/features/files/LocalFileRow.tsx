import { formatBytes } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './Files.module.css';
import type { LocalFile } from './uploads.ts';
import { dismissLocalFile } from './use-open-files.ts';

/** A file that the engine does not know of: it waits, or could not be handed over. */
export const LocalFileRow = ({ file: { key, name, bytes, failure } }: { file: LocalFile }) => (
  <li className={styles['file']}>
    <div className={styles['words']}>
      <p className={styles['name']}>
        <InertText text={name} />
      </p>
      <p className={failure === undefined ? styles['muted'] : styles['failure']} role={failure === undefined ? undefined : 'alert'}>
        {failure === undefined ? `Waiting · ${formatBytes(bytes)}` : `Could not be opened. ${failure}`}
      </p>
    </div>
    <div className={styles['actions']}>
      <Button onClick={() => dismissLocalFile(key)}>{failure === undefined ? 'Cancel' : 'Dismiss'}</Button>
    </div>
  </li>
);
