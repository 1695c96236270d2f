import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SendOrder, SendReport } from './sender-protocol.ts';

/** The sender's process: senders and receivers share the machine, but no thread. */
export interface Sender {
  /** One at a time. Rejects where the sender's process ended, as it does when a receiver refuses an export. */
  send(order: SendOrder): Promise<SendReport>;
  stop(): Promise<void>;
}

export function startSender(): Sender {
  const child = fork('build/bench/processes/sender-program.ts', { serialization: 'advanced', execArgv: [] });
  const exited = once(child, 'exit');
  return {
    async send(order) {
      child.send(order);
      const abandoned = exited.then((): never => {
        throw new Error('The sender has ended.');
      });
      const [report] = (await Promise.race([once(child, 'message'), abandoned])) as [SendReport];
      return report;
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
