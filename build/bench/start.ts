import { createConnection } from 'node:net';
import { once } from 'node:events';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { median } from './harness/statistics.ts';
import { startEngine } from './processes/engine.ts';

const starts = 7;

/** From the start of the process until both receivers listen, which is when it says so. */
export const start: Measurement = {
  name: 'start',
  async run(bench) {
    const { directory, records } = bench.spanStore(bench.sizes.manySpans);
    const times: number[] = [];
    for (let index = 0; index < Math.min(starts, bench.sizes.repetitions); index++) {
      const engine = await startEngine(directory);
      times.push(engine.startMs);
      for (const url of [engine.ready.grpcUrl, engine.ready.httpUrl]) await expectOpen(new URL(url));
      await engine.stop();
    }
    const from = `median of ${times.length}, longest ${Math.max(...times).toFixed(0)} ms`;
    return [
      { what: `start to receiving, ${count(records)} spans stored`, measured: median(times), unit: 'ms', target: { atMost: 500 }, from },
    ];
  },
};

async function expectOpen({ hostname, port }: URL): Promise<void> {
  const socket = createConnection({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.destroy();
}
