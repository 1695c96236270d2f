import { clsx } from 'clsx';
import { inertText } from '#proto/text/inert-text';
import { severityLabel, severityMark, severityTone } from '#ui/model/severity.ts';
import styles from './SeverityMark.module.css';

/** The severity of a log record in a narrow column: red for errors, amber for warnings, grey for the rest; in full on hover. */
export const SeverityMark = ({ number, text }: { number: number; text: string }) => (
  <span className={clsx(styles['mark'], styles[severityTone(number)])} title={inertText(severityLabel(number, text))}>
    {inertText(severityMark(number, text)) || '–'}
  </span>
);
