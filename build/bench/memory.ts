import { connections } from './ingest.ts';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { startEngine } from './processes/engine.ts';

/** The most memory that the engine's process has held, with spans and then logs coming in as fast as it takes them. */
export const memory: Measurement = {
  name: 'memory',
  async run(bench) {
    const engine = await startEngine(bench.directory());
    const rates: string[] = [];
    for (const signal of ['traces', 'logs'] as const) {
      const { recordsPerSecond } = await bench.sender.send({
        grpcUrl: engine.ready.grpcUrl,
        signal,
        connections,
        seconds: bench.sizes.seconds * 3,
        exportsPerSecond: undefined,
        shape: 'full',
        firstExport: 0,
      });
      rates.push(`${count(recordsPerSecond)} ${signal === 'traces' ? 'spans' : 'logs'} a second`);
    }
    const measured = engine.peakMegabytes();
    await engine.stop();
    return [
      {
        what: 'resident memory of the engine, saturated, peak',
        measured,
        unit: 'MB',
        target: { atMost: 450 },
        from: rates.join(', then '),
      },
    ];
  },
};
