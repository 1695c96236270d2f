import type { ReactNode, Ref } from 'react';
import type { Subject } from '#proto/model/query-fields';
import { inertText } from '#ui/model/inert-text.ts';
import { SearchBox } from '#ui/widgets/SearchBox.tsx';
import { FilterChip } from './FilterChip.tsx';
import { ServiceBadge } from './ServiceBadge.tsx';
import type { QueryControl } from './use-query-parts.ts';
import { useQuerySuggestions } from './use-query-suggestions.ts';

interface QueryBoxProps {
  subject: Subject;
  label: string;
  placeholder: string;
  control: QueryControl;
  /** Enter: the person is done typing and wants the first result. */
  onLeave: () => void;
  /** The id of the QueryProblem, where there is one. */
  problemId: string | undefined;
  /** Chips of other filters, in front of the services. */
  children?: ReactNode;
  ref: Ref<HTMLInputElement | null>;
}

/** The box of a query: text that is completed as it is typed, with the services that it names as chips; a match is of any of them. */
export const QueryBox = ({ subject, label, placeholder, control, onLeave, problemId, children, ref }: QueryBoxProps) => {
  const { suggestions, onType } = useQuerySuggestions(subject, control);
  return (
    <SearchBox
      ref={ref}
      suggestions={suggestions}
      label={label}
      placeholder={control.parts.services.length > 0 ? 'Search' : placeholder}
      value={control.parts.rest}
      invalid={problemId !== undefined}
      {...(problemId === undefined ? {} : { describedBy: problemId })}
      onChange={onType}
      onLeave={() => {
        control.settle();
        onLeave();
      }}
    >
      {children}
      {control.parts.services.map((name) => (
        <FilterChip key={name} what={`service ${inertText(name)}`} onRemove={() => control.toggleService(name)}>
          <ServiceBadge name={name} />
        </FilterChip>
      ))}
    </SearchBox>
  );
};
