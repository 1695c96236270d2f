import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './Guide.module.css';

/** A believable scenario, sent through the receivers like any service's, for a look around before anything is set up. */
export const Samples = ({ canSend }: { canSend: boolean }) => {
  const bridge = useBridge();
  const navigate = useNavigate();
  const send = useMutation({ mutationFn: () => bridge.samples.send(), onSuccess: () => navigate({ to: '/traces' }) });
  return (
    <section className={clsx(styles['section'], styles['samples'])} aria-labelledby="samples-heading">
      <h2 id="samples-heading" className={styles['title']}>
        Look around first
      </h2>
      <p className={styles['text']}>
        Traces and logs of an API, two services and a database: calls that work, a refused connection, a slow query, an exception.
      </p>
      <Button tone="primary" className={styles['action']} disabled={!canSend || send.isPending} onClick={() => send.mutate()}>
        {send.isPending ? 'Sending…' : 'Send sample traces'}
      </Button>
      {send.isError ? (
        <p className={styles['problem']} role="alert">
          The samples could not be sent: {send.error.message}
        </p>
      ) : undefined}
    </section>
  );
};
