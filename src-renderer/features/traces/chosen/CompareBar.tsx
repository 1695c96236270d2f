import { Link } from '@tanstack/react-router';
import { GitCompareArrows, X } from 'lucide-react';
import { shortId } from '#ui/base/short-id.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './CompareBar.module.css';
import type { Chosen } from './use-chosen.ts';

/** Which traces were chosen, and the way to what tells them apart. Lies over the end of the list, so that nothing moves when it comes. */
export const CompareBar = ({ chosen: { traceIds, clear } }: { chosen: Chosen }) => {
  const [a, b] = traceIds;
  if (a === undefined) return undefined;
  return (
    <div className={styles['bar']} role="region" aria-label="Compare traces">
      <span className={styles['ids']}>
        <code>{shortId(a)}</code>
        {b === undefined ? undefined : (
          <>
            {' and '}
            <code>{shortId(b)}</code>
          </>
        )}
      </span>
      {b === undefined ? (
        <span className={styles['hint']}>
          Choose another one with <Kbd keys="x" />
        </span>
      ) : (
        <Link className={styles['compare']} to="/compare" search={{ a, b }}>
          <GitCompareArrows size={14} aria-hidden />
          Compare
        </Link>
      )}
      <IconButton label="Choose none" shortcut="Escape" onClick={clear}>
        <X />
      </IconButton>
    </div>
  );
};
