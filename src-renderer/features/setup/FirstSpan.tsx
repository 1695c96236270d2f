import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ServiceSummary } from '#proto/bridge/shapes';
import { inertText } from '#proto/text/inert-text';
import { serviceTerm } from '#ui/model/query-text.ts';
import styles from './FirstSpan.module.css';

/** A check mark that lights up when the first span of the service has arrived. */
export const FirstSpan = ({ waitingFor, arrived }: { waitingFor: string; arrived: ServiceSummary | undefined }) => (
  <p className={styles['line']} role="status" aria-label="First span">
    <span className={styles['mark']} data-arrived={arrived !== undefined || undefined} aria-hidden>
      <Check size={12} strokeWidth={3} />
    </span>
    {arrived === undefined ? (
      `Waiting for the first span of ${waitingFor === '' ? 'the service' : waitingFor}…`
    ) : (
      <span>
        Spans of {arrived.name === '' ? 'a service without a name' : inertText(arrived.name)} have arrived.{' '}
        <Link to="/traces" search={{ q: arrived.name === '' ? '' : serviceTerm(arrived.name) }}>
          See its traces
        </Link>
      </span>
    )}
  </p>
);
