import { useQuery } from '@tanstack/react-query';
import { statusQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { Arrivals } from './Arrivals.tsx';
import styles from './Guide.module.css';
import { Receivers } from './Receivers.tsx';
import { Recipe } from './Recipe.tsx';
import { Samples } from './Samples.tsx';
import { TryByHand } from './TryByHand.tsx';

/** The way from an installed app to the first trace, on one page: with the ports that are really in use, and with what has arrived so far. */
export const Guide = ({ heading }: { heading: string }) => {
  const status = useQuery(statusQuery(useBridge()));
  const change = useChange();
  useRefresh(async () => void (await status.refetch()), String(change?.version), 'status', 500);

  const receivers = status.data?.receivers ?? [];
  const urlOf = (protocol: 'grpc' | 'http'): string | undefined =>
    receivers.find((receiver) => receiver.protocol === protocol && receiver.state === 'listening')?.url;
  const endpoints = { grpcUrl: urlOf('grpc'), httpUrl: urlOf('http') };
  return (
    <main className={styles['page']} aria-label={heading}>
      <header className={styles['header']}>
        <h1 className={styles['heading']}>{heading}</h1>
        <Arrivals stored={status.data?.stored} />
      </header>
      {status.isError ? (
        <ErrorState
          title="The state of the receivers could not be read"
          detail={status.error.message}
          onRetry={() => void status.refetch()}
        />
      ) : undefined}
      <div className={styles['columns']}>
        <div className={styles['column']}>{status.data === undefined ? undefined : <Recipe endpoints={endpoints} />}</div>
        <div className={styles['column']}>
          <Samples canSend={endpoints.grpcUrl !== undefined || endpoints.httpUrl !== undefined} />
          <Receivers receivers={receivers} />
          <TryByHand httpUrl={endpoints.httpUrl} />
        </div>
      </div>
    </main>
  );
};
