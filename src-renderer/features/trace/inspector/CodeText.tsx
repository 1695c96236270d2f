import type { ReactNode } from 'react';
import { InertText } from '#ui/components/InertText.tsx';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './CodeText.module.css';

/** More is not put on the screen; the copy has all of it. */
const maxShown = 100_000;

interface CodeTextProps {
  code: string;
  /** Names it: "Query". */
  label: string;
  /** Where another text is to be copied than the one that is shown. */
  copied?: string;
  /** Controls beside the copy button. */
  tools?: ReactNode;
}

/** Code of several lines from outside: shown, never obeyed, in a box that scrolls, with its controls above. */
export const CodeText = ({ code, label, copied = code, tools }: CodeTextProps) => (
  <figure className={styles['box']} aria-label={label}>
    <figcaption className={styles['tools']}>
      {tools}
      <CopyButton text={copied} label={`Copy ${label.toLowerCase()}`} />
    </figcaption>
    {/* Focusable, because it scrolls. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <pre className={styles['code']} tabIndex={0}>
      <InertText text={code.slice(0, maxShown)} />
    </pre>
  </figure>
);
