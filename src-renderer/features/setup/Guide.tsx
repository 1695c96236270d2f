import { useQuery } from '@tanstack/react-query';
import { statusQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { Arrivals } from './Arrivals.tsx';
import styles from './Guide.module.css';
import { Receivers } from './Receivers.tsx';
import { Recipe } from './Recipe.tsx';
import { placeOf } from './recipes/recipe.ts';
import type { Target } from './recipes/all.ts';
import { Samples } from './Samples.tsx';
import { TryByHand } from './TryByHand.tsx';
import { useLiveServices } from './use-live-services.ts';

interface GuideProps {
  heading: string;
  /** The language or place whose recipe is shown. */
  target: Target;
  onTarget: (target: Target) => void;
}

/** The way from an installed app to the first trace, on one page: with the ports that are really in use, and with what has arrived so far. */
export const Guide = ({ heading, target, onTarget }: GuideProps) => {
  const status = useQuery(statusQuery(useBridge()));
  const change = useChange();
  useRefresh(async () => void (await status.refetch()), String(change?.version), 'status', 500);

  const services = useLiveServices();
  const receivers = status.data?.receivers ?? [];
  const place = status.data === undefined ? undefined : placeOf(status.data, 'curl');
  return (
    <main className={styles['page']} aria-label={heading}>
      <header className={styles['header']}>
        <h1 className={styles['heading']}>{heading}</h1>
        <Arrivals stored={status.data?.stored} services={services?.services ?? []} />
      </header>
      {status.isError ? (
        <ErrorState
          title="The state of the receivers could not be read"
          detail={status.error.message}
          onRetry={() => void status.refetch()}
        />
      ) : undefined}
      <div className={styles['columns']}>
        <div className={styles['column']}>
          {status.data === undefined ? undefined : <Recipe status={status.data} services={services} target={target} onTarget={onTarget} />}
        </div>
        <div className={styles['column']}>
          <Samples canSend={place !== undefined} />
          <Receivers receivers={receivers} beyondLoopback={status.data?.beyondLoopback} />
          <TryByHand httpUrl={place?.httpUrl} />
        </div>
      </div>
    </main>
  );
};
