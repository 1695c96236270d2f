import { CircleAlert } from 'lucide-react';
import type { Ref } from 'react';
import { QueryBar } from '#ui/components/QueryBar.tsx';
import { ServiceFilter } from '#ui/components/ServiceFilter.tsx';
import { useQueryParts } from '#ui/components/use-query-parts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import type { ArrivalChoice } from './range/arrival-choice.ts';
import { RangeMenu } from './range/RangeMenu.tsx';
import styles from './TraceQueryBar.module.css';

interface TraceQueryBarProps {
  /** The query in the address. */
  query: string;
  onQuery: (query: string) => void;
  range: ArrivalChoice;
  onRange: (range: ArrivalChoice) => void;
  onLeave: () => void;
  problem: { position: number; message: string } | undefined;
  ref: Ref<HTMLInputElement | null>;
}

/** The query over the list of traces: text, services as chips, a switch for errors, and when they arrived. */
export const TraceQueryBar = ({ query, onQuery, range, onRange, onLeave, problem, ref }: TraceQueryBarProps) => {
  const control = useQueryParts(query, onQuery);
  const { services, errorsOnly } = control.parts;
  return (
    <QueryBar
      ref={ref}
      subject="traces"
      label="Search traces"
      placeholder="Search names, attributes, errors… or service:api duration>200ms http.route=/orders"
      query={query}
      control={control}
      problem={problem}
      onLeave={onLeave}
    >
      <ServiceFilter selected={services} onToggle={control.toggleService} countOf={({ spanCount }) => spanCount} />
      <Button className={styles['errors']} aria-pressed={errorsOnly} onClick={() => control.change({ errorsOnly: !errorsOnly })}>
        <CircleAlert aria-hidden />
        Errors
      </Button>
      <RangeMenu choice={range} onChoose={onRange} />
    </QueryBar>
  );
};
