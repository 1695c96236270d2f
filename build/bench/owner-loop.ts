import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connections } from './ingest.ts';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import type { LoopDelay } from './processes/owner-program.ts';

/** How long the thread that owns the window is kept from answering, while the engine beside it takes all that it can. */
export const ownerLoop: Measurement = {
  name: 'owner-loop',
  async run(bench) {
    const owner = fork('build/bench/processes/owner-program.ts', [bench.directory()], { serialization: 'advanced', execArgv: [] });
    const exited = once(owner, 'exit');
    const answer = async <Answer>(question?: string): Promise<Answer> => {
      if (question !== undefined) owner.send(question);
      const [message] = (await Promise.race([once(owner, 'message'), exited])) as [Answer];
      return message;
    };
    const { grpcUrl } = await answer<{ grpcUrl: string }>();
    const order = { grpcUrl, signal: 'traces', connections, exportsPerSecond: undefined, shape: 'full' } as const;
    const { nextExport } = await bench.sender.send({ ...order, seconds: bench.sizes.seconds / 2, firstExport: 0 });
    await answer('reset');
    const { recordsPerSecond } = await bench.sender.send({ ...order, seconds: bench.sizes.seconds * 2, firstExport: nextExport });
    const delay = await answer<LoopDelay>('report');
    owner.send('stop');
    await exited;
    return [
      {
        what: 'event-loop delay of the owner thread, saturated, p99',
        measured: delay.p99Ms,
        unit: 'ms',
        target: { atMost: 15 },
        from: `p50 ${delay.p50Ms.toFixed(1)} ms, longest ${delay.maxMs.toFixed(0)} ms, ${count(recordsPerSecond)} spans a second`,
      },
    ];
  },
};
