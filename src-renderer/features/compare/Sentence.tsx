import { InertText } from '#ui/components/InertText.tsx';
import styles from './Compare.module.css';

/** What a comparison comes to, as the engine words it: names are in backquotes. */
export const Sentence = ({ text }: { text: string }) => (
  <p className={styles['sentence']} role="status">
    {text.split('`').map((part, index) =>
      index % 2 === 0 ? (
        part
      ) : (
        <code key={index} className={styles['name']}>
          <InertText text={part} />
        </code>
      ),
    )}
  </p>
);
