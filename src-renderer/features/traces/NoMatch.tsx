import { useQuery } from '@tanstack/react-query';
import { plural } from '#proto/text/count';
import { statusQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#ui/model/inert-text.ts';
import { readQuery } from '#ui/model/query-text.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Nothing matches: what was asked for in words, out of how much, and the way back. */
export const NoMatch = ({ query, onClear }: { query: string; onClear: () => void }) => {
  const status = useQuery(statusQuery(useBridge()));
  const { services, errorsOnly, rest } = readQuery(query);
  const whose = services.length === 0 ? '' : ` of ${either.format(services.map((name) => inertText(name)))}`;
  const wishes = [...(errorsOnly ? ['has failed'] : []), ...(rest === '' ? [] : [`matches “${inertText(rest)}”`])];
  return (
    <EmptyState title="No trace matches" actions={<Button onClick={onClear}>Clear the filter</Button>}>
      <p>
        You asked for traces with a span{whose}
        {wishes.length === 0 ? '' : ` that ${wishes.join(' and ')}`}
        {status.data === undefined ? '' : `, among ${plural(status.data.stored.traces, 'trace')} that are stored`}. New ones that match
        appear here as they arrive.
      </p>
    </EmptyState>
  );
};
