import { InertText } from '#ui/components/InertText.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import styles from './Files.module.css';

/** What is removed cannot be brought back from here, only from the file. */
export const RemoveDialog = ({ name, onClose, onRemove }: { name: string; onClose: () => void; onRemove: () => void }) => (
  <Dialog label="Remove what came with this file?" onClose={onClose} className={styles['dialog']}>
    <h2 className={styles['title']}>
      Remove what came with <InertText text={name} />?
    </h2>
    <p className={styles['text']}>
      All of its spans and log records go, also those of pinned traces. What was received, and what came with other files, stays. The file
      itself is not touched.
    </p>
    <div className={styles['dialogActions']}>
      <Button onClick={onClose}>Keep</Button>
      <Button tone="primary" data-focus-first onClick={onRemove}>
        Remove
      </Button>
    </div>
  </Dialog>
);
