import { clsx } from 'clsx';
import { useState } from 'react';
import { formatCount } from '#proto/text/count';
import { InertText } from './InertText.tsx';
import styles from './LongText.module.css';

/** Shown at once on request; a browser lays out no more than this in good time. */
const maxShown = 1_000_000;

interface LongTextProps {
  text: string;
  /** How much is shown before somebody asks for more. */
  maxChars?: number;
  maxLines?: number;
  mono?: boolean;
}

/** Text of several lines as it was sent. A long one shows its beginning and a button for the rest. */
export const LongText = ({ text, maxChars = 2000, maxLines = 24, mono = false }: LongTextProps) => {
  const [isOpen, setOpen] = useState(false);
  const clampedLength = clamp(text, maxChars, maxLines);
  const shown = text.slice(0, isOpen ? maxShown : clampedLength);
  return (
    <div className={styles['longText']}>
      <div className={clsx(styles['text'], mono && styles['mono'], !isOpen && clampedLength < text.length && styles['cut'])}>
        <InertText text={shown} />
      </div>
      {clampedLength < text.length ? (
        <button type="button" className={styles['more']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen
            ? 'Show less'
            : `Show ${text.length > maxShown ? `${formatCount(maxShown)} of` : 'all'} ${formatCount(text.length)} characters`}
        </button>
      ) : undefined}
    </div>
  );
};

const clamp = (text: string, maxChars: number, maxLines: number): number => {
  let end = 0;
  for (let line = 0; line < maxLines; line += 1) {
    const next = text.indexOf('\n', end);
    // A few characters more are shown rather than hidden behind a button of the same size.
    if (next === -1 || next > maxChars) return text.length <= maxChars * 1.2 ? text.length : maxChars;
    end = next + 1;
  }
  return end;
};
