import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { EngineStatus, ReceiverStatus } from '#proto/bridge/shapes';
import { statusQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#ui/model/inert-text.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import styles from './Notices.module.css';

const mostShown = 3;

/** What a person should know, above the view: receivers that do not listen, and what the engine has to say. The newest of many. */
export const Notices = ({ status }: { status: EngineStatus }) => {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const open = status.notices.filter(({ id }) => !closed.has(id)).slice(-mostShown);
  return (
    <>
      {status.receivers
        .filter(({ state }) => state !== 'listening')
        .map((receiver) => (
          <ReceiverNotice key={receiver.protocol} receiver={receiver} />
        ))}
      {open.map(({ id, severity, message }) => (
        <div key={id} className={styles['notice']} data-severity={severity} role={severity === 'error' ? 'alert' : 'status'}>
          <p className={styles['message']}>{message}</p>
          <IconButton label="Close this notice" onClick={() => setClosed(new Set([...closed, id]))}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </>
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
