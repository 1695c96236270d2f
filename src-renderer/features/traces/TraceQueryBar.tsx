import { CircleAlert } from 'lucide-react';
import { type Ref, useId } from 'react';
import { QueryBox } from '#ui/components/QueryBox.tsx';
import { QueryProblem } from '#ui/components/QueryProblem.tsx';
import { ServiceFilter } from '#ui/components/ServiceFilter.tsx';
import { useQueryParts } from '#ui/components/use-query-parts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './TraceQueryBar.module.css';

interface TraceQueryBarProps {
  /** The query in the address. */
  query: string;
  onQuery: (query: string) => void;
  onLeave: () => void;
  problem: { position: number; message: string } | undefined;
  ref: Ref<HTMLInputElement | null>;
}

/** The query over the list of traces: text, services as chips, and a switch for errors. */
export const TraceQueryBar = ({ query, onQuery, onLeave, problem, ref }: TraceQueryBarProps) => {
  const control = useQueryParts(query, onQuery);
  const problemId = useId();
  const { services, errorsOnly } = control.parts;
  return (
    <div className={styles['bar']}>
      <div className={styles['controls']}>
        <QueryBox
          ref={ref}
          subject="traces"
          label="Search traces"
          placeholder="Search names, attributes, errors… or service:api duration>200ms http.route=/orders"
          control={control}
          onLeave={onLeave}
          problemId={problem === undefined ? undefined : problemId}
        />
        <ServiceFilter selected={services} onToggle={control.toggleService} countOf={({ spanCount }) => spanCount} />
        <Button className={styles['errors']} aria-pressed={errorsOnly} onClick={() => control.change({ errorsOnly: !errorsOnly })}>
          <CircleAlert aria-hidden />
          Errors
        </Button>
      </div>
      {problem === undefined ? undefined : <QueryProblem id={problemId} query={query} {...problem} />}
    </div>
  );
};
