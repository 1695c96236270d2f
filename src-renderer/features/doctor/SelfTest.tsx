import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, X } from 'lucide-react';
import type { SelfTestReport } from '#proto/bridge/doctor';
import { useBridge } from '#ui/bridge/index.ts';
import { InertText } from '#ui/components/InertText.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './Doctor.module.css';

/** Is it the service, or the way here? One span through every receiver, over real sockets. */
export const SelfTest = () => {
  const bridge = useBridge();
  const test = useMutation({ mutationFn: () => bridge.doctor.selfTest() });
  return (
    <>
      <Button className={styles['action']} disabled={test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? 'Sending…' : 'Test by sending one span'}
      </Button>
      <div role="status">{test.data === undefined ? undefined : <Steps report={test.data} />}</div>
      {test.isError ? (
        <p className={styles['look']} role="alert">
          The test could not be run: {test.error.message}
        </p>
      ) : undefined}
    </>
  );
};

const Steps = ({ report: { steps, traceId } }: { report: SelfTestReport }) => (
  <>
    <ol className={styles['testSteps']} aria-label="Steps of the test">
      {steps.map(({ name, ok, message }) => (
        <li key={name} className={styles['testStep']} data-ok={ok}>
          {ok ? <Check size={14} aria-label="Worked" /> : <X size={14} aria-label="Failed" />}
          <span className={styles['testName']}>{name}</span>
          <span className={styles['testMessage']}>
            <InertText text={message} />
          </span>
        </li>
      ))}
    </ol>
    <p className={styles['text']}>
      {steps.every(({ ok }) => ok)
        ? 'The way here is clear: what a program on this machine sends to these addresses arrives. '
        : traceId === undefined
          ? 'What failed is on this side: no setting of a program mends it. '
          : 'One way works: send to the address that does, in whatever protocol. '}
      {traceId === undefined ? undefined : (
        <Link to="/traces/$traceId" params={{ traceId }}>
          See its trace
        </Link>
      )}
    </p>
  </>
);
