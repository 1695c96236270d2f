import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { sourcePlace } from '#proto/model/source-place';
import { OpenSourceDialog } from './OpenSourceDialog.tsx';
import styles from './SourceLink.module.css';

interface SourceLinkProps {
  /** As telemetry names it: where it is no plain absolute path, `children` are no link. */
  file: string;
  line?: string | undefined;
  column?: string | undefined;
  children: ReactNode;
}

/** A place in source code. A click asks whether an editor should open it; nothing is opened before that is answered. */
export const SourceLink = ({ file, line, column, children }: SourceLinkProps) => {
  const [isAsking, setAsking] = useState(false);
  const place = sourcePlace(file, line, column);
  if (place === undefined) return children;
  return (
    <>
      <button type="button" className={styles['source']} title="Open in an editor…" onClick={() => setAsking(true)}>
        {children}
      </button>
      {isAsking ? createPortal(<OpenSourceDialog place={place} onClose={() => setAsking(false)} />, document.body) : undefined}
    </>
  );
};
