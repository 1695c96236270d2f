import { useQuery } from '@tanstack/react-query';
import { plural } from '#proto/text/count';
import { statusQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#proto/text/inert-text';
import { readQuery } from '#ui/model/query-text.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { type ArrivalChoice, choiceName, isAllTime } from './range/arrival-choice.ts';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

interface NoMatchProps {
  query: string;
  range: ArrivalChoice;
  onClear: () => void;
  onAllTime: () => void;
}

/** Nothing matches: what was asked for in words, out of how much, and the way back. */
export const NoMatch = ({ query, range, onClear, onAllTime }: NoMatchProps) => {
  const status = useQuery(statusQuery(useBridge()));
  const { services, errorsOnly, rest } = readQuery(query);
  const whose = services.length === 0 ? '' : ` of ${either.format(services.map((name) => inertText(name)))}`;
  const wishes = [...(errorsOnly ? ['has failed'] : []), ...(rest === '' ? [] : [`matches “${inertText(rest)}”`])];
  return (
    <EmptyState
      title="No trace matches"
      actions={
        <>
          {query === '' ? undefined : <Button onClick={onClear}>Clear the filter</Button>}
          {isAllTime(range) ? undefined : <Button onClick={onAllTime}>Look at all time</Button>}
        </>
      }
    >
      <p>
        You asked for traces{query === '' ? '' : ` with a span${whose}`}
        {wishes.length === 0 ? '' : ` that ${wishes.join(' and ')}`}
        {isAllTime(range) ? '' : ` that arrived ${arrivedWords(range)}`}
        {status.data === undefined ? '' : `, among ${plural(status.data.stored.traces, 'trace')} that are stored`}. New ones that match
        appear here as they arrive.
      </p>
    </EmptyState>
  );
};

const arrivedWords = (range: ArrivalChoice): string => {
  const name = choiceName(range);
  return range.since === undefined
    ? `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`
    : `in the ${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
};
