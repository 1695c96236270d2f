import { Link, useRouterState } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import type { KeyValue } from '#proto/model/any-value';
import { attributeTerm } from '#proto/model/attribute-term';
import { displayValue } from '#proto/model/display-value';
import type { Subject } from '#proto/model/query-fields';
import { type FilterState, withFilter } from '#ui/model/query-filters.ts';

interface AttributeFilterLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'target'> {
  subject: Subject;
  attribute: KeyValue;
  state: FilterState;
}

/**
 * A link to the list of traces, or of logs, with this value of the attribute or without it. A list of logs that is in view already keeps what else it asks for.
 *
 * Of traces, those with another value are meant, not those with a span that lacks the attribute, which nearly every trace has.
 */
export const AttributeFilterLink = ({ subject, attribute: { key, value }, state, ...rest }: AttributeFilterLinkProps) => {
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  if (subject === 'traces') {
    return <Link to="/traces" search={{ q: attributeTerm(key, state === 'included' ? '=' : '!=', value) ?? '' }} {...rest} />;
  }
  const before = pathname === '/logs' ? search : {};
  const query = 'q' in before && typeof before.q === 'string' ? before.q : '';
  const filter = { kind: 'attribute', key, value: displayValue(value) } as const;
  return <Link to="/logs" search={{ ...before, q: withFilter(query, filter, state) }} {...rest} />;
};
