import { useMemo, useState } from 'react';
import { jsonValue } from '#ui/model/json-text.ts';
import { AnyValueView } from './AnyValueView.tsx';
import { LongText } from './LongText.tsx';
import styles from './TextValue.module.css';

/** A text, as a tree where it is the JSON of an object or a list; then one click shows it as it was sent. */
export const TextValue = ({ text }: { text: string }) => {
  const json = useMemo(() => jsonValue(text), [text]);
  const [isRaw, setRaw] = useState(false);
  if (json === undefined) return <LongText text={text} maxChars={500} maxLines={8} mono />;
  return (
    <div className={styles['json']}>
      <div className={styles['value']}>
        {isRaw ? <LongText text={text} maxChars={2000} maxLines={16} mono /> : <AnyValueView value={json} />}
      </div>
      <button type="button" className={styles['toggle']} aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
        as sent
      </button>
    </div>
  );
};
