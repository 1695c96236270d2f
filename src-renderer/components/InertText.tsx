import { formatCount } from '#proto/text/count';
import { inertParts } from '#proto/text/inert-text';
import styles from './InertText.module.css';

/** Text from outside, shown and never obeyed: control and direction characters appear as small marks (`model/inert-text.ts`). */
export const InertText = ({ text }: { text: string }) => (
  <bdi>
    {inertParts(text).map((part, index) =>
      part.kind === 'text' ? (
        part.text
      ) : (
        <span key={index} className={styles['mark']} title={part.meaning}>
          {part.count === 1 ? part.label : `${part.label} × ${formatCount(part.count)}`}
        </span>
      ),
    )}
  </bdi>
);
