import { type ReactNode, type Ref, useId } from 'react';
import type { Subject } from '#proto/model/query-fields';
import { inertText } from '#proto/text/inert-text';
import { SearchBox } from '#ui/widgets/SearchBox.tsx';
import { FilterChip } from './FilterChip.tsx';
import styles from './QueryBar.module.css';
import { QueryProblem } from './QueryProblem.tsx';
import { ServiceBadge } from './ServiceBadge.tsx';
import type { QueryControl } from './use-query-parts.ts';
import { useQuerySuggestions } from './use-query-suggestions.ts';

interface QueryBarProps {
  subject: Subject;
  label: string;
  placeholder: string;
  /** The query in the address, which `problem` is of. */
  query: string;
  control: QueryControl;
  problem: { position: number; message: string } | undefined;
  /** Enter: the person is done typing and wants the first result. */
  onLeave: () => void;
  /** Chips of other filters, in front of the services. */
  chips?: ReactNode;
  /** Controls behind the box. */
  children: ReactNode;
  ref: Ref<HTMLInputElement | null>;
}

/**
 * The query over a list: text that is completed as it is typed, the services that it names as chips, of which any will do, and what is wrong with it. Nothing is called wrong
 * while there is a list of what it may go on as.
 */
export const QueryBar = ({ subject, label, placeholder, query, control, problem, onLeave, chips, children, ref }: QueryBarProps) => {
  const { suggestions, onType } = useQuerySuggestions(subject, control);
  const problemId = useId();
  const told = suggestions.items.length > 0 ? undefined : problem;
  return (
    <div className={styles['bar']}>
      <div className={styles['controls']}>
        <SearchBox
          ref={ref}
          label={label}
          placeholder={control.parts.services.length > 0 ? 'Search' : placeholder}
          value={control.parts.rest}
          invalid={told !== undefined}
          {...(told === undefined ? {} : { describedBy: problemId })}
          suggestions={suggestions}
          onChange={onType}
          onLeave={() => {
            control.settle();
            onLeave();
          }}
        >
          {chips}
          {control.parts.services.map((name) => (
            <FilterChip key={name} what={`service ${inertText(name)}`} onRemove={() => control.toggleService(name)}>
              <ServiceBadge name={name} />
            </FilterChip>
          ))}
        </SearchBox>
        {children}
      </div>
      {told === undefined ? undefined : <QueryProblem id={problemId} query={query} {...told} />}
    </div>
  );
};
