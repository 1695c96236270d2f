import { Link, useRouterState } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import type { Subject } from '#proto/model/query-fields';
import { narrowedQuery } from '#ui/model/narrowed-query.ts';

interface AttributeFilterLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'target'> {
  subject: Subject;
  term: string;
}

/** A link to the list of traces or of logs as the term narrows it: the list that is in view already stays as it is otherwise. */
export const AttributeFilterLink = ({ subject, term, ...rest }: AttributeFilterLinkProps) => {
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  if (subject === 'traces') return <Link to="/traces" search={{ q: term }} {...rest} />;
  const before = pathname === '/logs' ? search : {};
  const query = 'q' in before && typeof before.q === 'string' ? before.q : '';
  return <Link to="/logs" search={{ ...before, q: narrowedQuery(query, term) }} {...rest} />;
};
