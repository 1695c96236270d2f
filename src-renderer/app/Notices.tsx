import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { EngineStatus, ReceiverStatus } from '#proto/bridge/shapes';
import { statusQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#proto/text/inert-text';
import { Button } from '#ui/widgets/Button.tsx';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import styles from './Notices.module.css';

const mostShown = 3;

type Notice = EngineStatus['notices'][number];

/** Told apart without their colour. */
const marks = { info: Info, warning: TriangleAlert, error: CircleAlert };

/** What a person should know, above the view: receivers that do not listen, and what the engine has to say. The newest of many. */
export const Notices = ({ status }: { status: EngineStatus }) => {
  const [closed, setClosed] = useState<readonly string[]>([]);
  const known = status.notices.map(nameOf);
  // What goes and comes back is news again: a disk that is full for the second time.
  if (closed.some((name) => !known.includes(name))) setClosed(closed.filter((name) => known.includes(name)));
  const open = status.notices.filter((notice) => !closed.includes(nameOf(notice))).slice(-mostShown);
  return (
    <>
      {status.receivers
        .filter(({ state }) => state !== 'listening')
        .map((receiver) => (
          <ReceiverNotice key={receiver.protocol} receiver={receiver} />
        ))}
      {open.map((notice) => (
        <EngineNotice key={nameOf(notice)} notice={notice} onClose={() => setClosed([...closed, nameOf(notice)])} />
      ))}
    </>
  );
};

const nameOf = ({ id, message }: Notice): string => `${id} ${message}`;

const EngineNotice = ({ notice: { severity, message }, onClose }: { notice: Notice; onClose: () => void }) => {
  const Mark = marks[severity];
  return (
    <div className={styles['notice']} data-severity={severity} role={severity === 'error' ? 'alert' : 'status'}>
      <Mark className={styles['mark']} size={15} aria-hidden />
      <p className={styles['message']}>{inertText(message)}</p>
      <IconButton label="Close this notice" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
};

const ReceiverNotice = ({ receiver }: { receiver: ReceiverStatus }) => {
  const bridge = useBridge();
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (port: number) => bridge.receivers.move({ protocol: receiver.protocol, port }),
    onSettled: () => client.invalidateQueries({ queryKey: statusQuery(bridge).queryKey }),
  });
  const { freePort } = receiver;
  return (
    <div className={styles['notice']} data-severity="warning" role="status">
      <marks.warning className={styles['mark']} size={15} aria-hidden />
      <p className={styles['message']}>
        {inertText(receiver.message)}
        {move.isError ? ` That did not work: ${move.error.message}` : ''}
      </p>
      {freePort === undefined ? undefined : (
        <Button disabled={move.isPending} onClick={() => move.mutate(freePort)}>
          Use port {freePort}
        </Button>
      )}
      <Button disabled={move.isPending} onClick={() => move.mutate(receiver.port)}>
        Try {receiver.port} again
      </Button>
    </div>
  );
};
