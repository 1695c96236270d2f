import { connections } from './ingest.ts';
import type { Bench, Measurement } from './harness/bench.ts';
import { count, type Figure } from './harness/figure.ts';
import { quantile } from './harness/statistics.ts';
import { startEngine } from './processes/engine.ts';
import { fullExports } from './workload/span-shape.ts';

const offeredPerSecond = 100_000;

/** How long a client waits for its answer, which comes after the commit. */
export const acknowledgement: Measurement = {
  name: 'acknowledgement',
  async run(bench) {
    const engine = await startEngine(bench.directory());
    const { grpcUrl } = engine.ready;
    const warmedUp = await send(bench, grpcUrl, { firstExport: 0, seconds: bench.sizes.seconds / 2, perSecond: undefined });
    const offered = await send(bench, grpcUrl, {
      firstExport: warmedUp.nextExport,
      seconds: bench.sizes.seconds * 2,
      perSecond: offeredPerSecond,
    });
    const saturated = await send(bench, grpcUrl, {
      firstExport: offered.nextExport,
      seconds: bench.sizes.seconds * 2,
      perSecond: undefined,
    });
    await engine.stop();
    return [
      { ...p99(offered), what: `acknowledgement p99 at ${count(offeredPerSecond)} spans a second offered`, target: { atMost: 60 } },
      { ...p99(saturated), what: 'acknowledgement p99 saturated', target: { atMost: 150 } },
    ];
  },
};

type Report = Awaited<ReturnType<Bench['sender']['send']>>;

function send(
  bench: Bench,
  grpcUrl: string,
  phase: { firstExport: number; seconds: number; perSecond: number | undefined },
): Promise<Report> {
  const exportsPerSecond = phase.perSecond === undefined ? undefined : phase.perSecond / fullExports.spansPerExport;
  const { firstExport, seconds } = phase;
  return bench.sender.send({ grpcUrl, signal: 'traces', connections, seconds, exportsPerSecond, shape: 'full', firstExport });
}

function p99({ acknowledgementMs, recordsPerSecond, refused }: Report): Omit<Figure, 'what'> {
  const [p50, longest] = [quantile(acknowledgementMs, 0.5), quantile(acknowledgementMs, 1)];
  return {
    measured: quantile(acknowledgementMs, 0.99),
    unit: 'ms',
    from: `p50 ${p50.toFixed(1)} ms, longest ${longest.toFixed(0)} ms, ${count(recordsPerSecond)} spans a second, ${refused} refused for now`,
  };
}
