import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { Inspector } from '#ui/widgets/Inspector.tsx';
import styles from './SpanInspector.module.css';

/** The address names a span that is not here: a log record may arrive minutes before the span that it was written in has ended. */
export const MissingSpan = ({ spanId, onClose }: { spanId: string; onClose: () => void }) => (
  <Inspector
    label="Span details"
    subject={spanId}
    onClose={onClose}
    head={
      <div className={styles['names']}>
        <h2 className={styles['name']}>Span {spanId}</h2>
      </div>
    }
  >
    <EmptyState title="This span has not arrived (yet)">
      A span is sent when it has ended, its log records at once. It appears here as soon as it arrives; if its service was stopped first, it
      never will.
    </EmptyState>
  </Inspector>
);
