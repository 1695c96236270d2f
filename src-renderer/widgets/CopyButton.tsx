import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './IconButton.tsx';

type Outcome = 'none' | 'copied' | 'failed';

const shownMs = 1500;

/** Copies `text`; says for a moment whether it worked. `label` names what is copied: "Copy trace id". */
export const CopyButton = ({
  text,
  label,
  className,
  tabIndex,
}: {
  text: string | (() => string);
  label: string;
  className?: string | undefined;
  /** -1 where the keyboard has another way to copy. */
  tabIndex?: number;
}) => {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <>
      <IconButton
        label={outcome === 'none' ? label : outcome === 'copied' ? 'Copied' : 'The browser did not allow copying'}
        className={className}
        {...(tabIndex === undefined ? {} : { tabIndex })}
        onClick={copy}
      >
        {outcome === 'none' ? <Copy aria-hidden /> : outcome === 'copied' ? <Check aria-hidden /> : <X aria-hidden />}
      </IconButton>
      <span className="visually-hidden" role="status">
        {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Not copied' : ''}
      </span>
    </>
  );
};
