import { Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './CompareLink.module.css';

/** From a trace to its comparison with the one before it of the same root operation; from there another can be chosen. */
export const CompareLink = ({ traceId }: { traceId: string }) => (
  <Tooltip label="Compare with the trace before of the same operation">
    <Link to="/compare" search={{ b: traceId }} className={styles['link']} aria-label="Compare with the trace before of the same operation">
      <GitCompareArrows size={15} aria-hidden />
    </Link>
  </Tooltip>
);
