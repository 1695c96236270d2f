import { type FormEvent, useState } from 'react';
import { Button } from '#ui/widgets/Button.tsx';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import { type ArrivalChoice, msOfNs, nsOfMs, windowAt } from './arrival-choice.ts';
import styles from './RangeMenu.module.css';

interface ExactRangeDialogProps {
  choice: ArrivalChoice;
  onChoose: (choice: ArrivalChoice) => void;
  onClose: () => void;
}

/** From when until when, in this machine's time; either may be left open. */
export const ExactRangeDialog = ({ choice, onChoose, onClose }: ExactRangeDialogProps) => {
  const [initial] = useState(() => windowAt(choice, Date.now()));
  const [from, setFrom] = useState(() => localText(initial.from));
  const [to, setTo] = useState(() => localText(initial.to));
  const isReversed = from !== '' && to !== '' && new Date(from) >= new Date(to);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReversed) return;
    onChoose({ from: momentOf(from), to: momentOf(to) });
    onClose();
  };
  return (
    <Dialog label="Exact range of arrival" onClose={onClose} className={styles['exact']}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>Traces that arrived</h2>
        <label className={styles['field']}>
          From
          <input
            data-focus-first
            className={styles['input']}
            type="datetime-local"
            step="0.001"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
        </label>
        <label className={styles['field']}>
          Until
          <input
            className={styles['input']}
            type="datetime-local"
            step="0.001"
            value={to}
            onChange={({ target }) => setTo(target.value)}
            aria-invalid={isReversed}
          />
        </label>
        {isReversed ? (
          <p className={styles['problem']} role="alert">
            The end lies before the beginning.
          </p>
        ) : undefined}
        <div className={styles['actions']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={isReversed}>
            Show
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

/** What the browser's own field takes: local time without a zone. */
const localText = (ns: string | undefined): string => {
  if (ns === undefined) return '';
  const date = new Date(msOfNs(ns));
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 23);
};

const momentOf = (text: string): string | undefined => (text === '' ? undefined : nsOfMs(new Date(text).getTime()));
