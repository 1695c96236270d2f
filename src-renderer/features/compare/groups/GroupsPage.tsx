import { ORPCError } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ComparedGroup } from '#proto/bridge/comparison';
import { groupComparisonQuery, useBridge } from '#ui/bridge/index.ts';
import { badQueryOf } from '#ui/components/bad-query.ts';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import compareStyles from '../Compare.module.css';
import { CompareNav } from '../CompareNav.tsx';
import type { GroupsSearch } from '../compare-search.ts';
import { Sentence } from '../Sentence.tsx';
import { GroupForm, type GroupRange } from './GroupForm.tsx';
import styles from './Groups.module.css';
import { OperationTable } from './OperationTable.tsx';
import { RestartBar } from './RestartBar.tsx';

/** `/compare/groups`: two groups of traces, for example before and after a restart of a service, operation by operation. */
export const GroupsPage = () => {
  const search = useSearch({ from: '/compare/groups' });
  const navigate = useNavigate({ from: '/compare/groups' });
  const isAsked = Object.values(search).some((value) => value !== undefined);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...groupComparisonQuery(useBridge(), inputOf(search)), enabled: isAsked });
  const understood = isAsked && error === null && !isPlaceholderData ? data : undefined;
  const change = (next: GroupsSearch): void => void navigate({ search: next });
  return (
    <main className={styles['page']} aria-label="Compare groups of traces">
      <title>Compare groups · Sidelight</title>
      <header className={styles['top']}>
        <h1 className={styles['heading']}>Compare groups of traces</h1>
        <CompareNav />
      </header>
      <RestartBar search={search} onChange={change} />
      <GroupForm
        key={`${JSON.stringify(search)} ${understood?.a.toUnixNano} ${understood?.b.fromUnixNano}`}
        a={rangeOf(understood?.a) ?? { query: search.qa, from: search.fa, to: search.ta }}
        b={rangeOf(understood?.b) ?? { query: search.qb, from: search.fb, to: search.tb }}
        restart={search.restart}
        onChange={change}
      />
      {!isAsked ? (
        <EmptyState title="Before and after, operation by operation">
          <p>
            Choose a service above to compare the traces before its last restart with those since. Or compare any two queries and times of
            arrival: what appeared, vanished, slowed down or sped up, and whether it is more than chance.
          </p>
        </EmptyState>
      ) : error !== null ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={12} label="Comparing the groups" />
      ) : (
        <div className={styles['result']} data-stale={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
          <Sentence text={data.sentence} />
          <OperationTable comparison={data} />
        </div>
      )}
    </main>
  );
};

const inputOf = ({ restart, qa, fa, ta, qb, fb, tb }: GroupsSearch) => ({
  aQuery: qa ?? '',
  aFrom: fa,
  aTo: ta,
  bQuery: qb ?? '',
  bFrom: fb,
  bTo: tb,
  restartOf: restart,
});

const rangeOf = (group: ComparedGroup | undefined): GroupRange | undefined =>
  group && { query: group.query, from: group.fromUnixNano, to: group.toUnixNano };

const Problem = ({ error, onRetry }: { error: Error; onRetry: () => void }) => {
  const problem = badQueryOf(error);
  if (problem !== undefined)
    return <EmptyState title="One of the queries cannot be read">{`Character ${problem.position + 1}: ${problem.message}`}</EmptyState>;
  if (error instanceof ORPCError && error.code === 'NOT_FOUND') {
    return (
      <EmptyState title="No restart to compare around">
        <p className={compareStyles['wrap']}>{error.message}</p>
      </EmptyState>
    );
  }
  return <ErrorState title="The groups could not be compared" detail={error.message} onRetry={onRetry} />;
};
