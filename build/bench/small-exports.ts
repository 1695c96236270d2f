import { openWriter } from '#main/store/write/writer';
import type { Bench, Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { bytesOfRecords, noLimit, traceAppend } from './harness/stores.ts';
import { expectStored } from './ingest.ts';
import { startEngine } from './processes/engine.ts';
import { mergeExports } from './workload/merge-exports.ts';
import { fullExports, smallExports } from './workload/span-shape.ts';
import { SpanWorkload } from './workload/span-workload.ts';

/** Many services that send little, each in requests of its own, as on a laptop. */
export const smallExportsMeasurement: Measurement = {
  name: 'small-exports',
  async run(bench) {
    const { services, spansPerExport } = smallExports;
    const seconds = Math.ceil(bench.sizes.seconds * 5);
    const directory = bench.directory();
    const engine = await startEngine(directory);
    const warmUp = { seconds: bench.sizes.seconds, firstExport: 0 };
    const order = {
      grpcUrl: engine.ready.grpcUrl,
      signal: 'traces',
      connections: services,
      exportsPerSecond: services,
      shape: 'small',
    } as const;
    const { nextExport, records: warmUpSpans } = await bench.sender.send({ ...order, ...warmUp });
    const before = engine.cpuSeconds();
    const started = performance.now();
    const { records } = await bench.sender.send({ ...order, seconds, firstExport: nextExport });
    const share = (engine.cpuSeconds() - before) / ((performance.now() - started) / 1000);
    await expectStored(engine, { spans: warmUpSpans + records });
    await engine.stop();
    const { small, full, spans } = bytesASpan(bench);
    return [
      {
        what: `bytes a span after coalescing, exports of ${spansPerExport} spans / of ${fullExports.spansPerExport}`,
        measured: small / full,
        unit: 'ratio',
        target: { atMost: 2 },
        from: `${small.toFixed(0)} / ${full.toFixed(0)} bytes a span, ${count(spans)} spans`,
      },
      {
        what: `processor, ${services} services that send ${spansPerExport} spans a second each`,
        measured: share,
        unit: 'of a core',
        target: { atMost: 0.1 },
        from: `${count(records / seconds)} spans a second over ${seconds} s`,
      },
    ];
  },
};

/** The same spans as they come in, and as full exports, one service each; through the writer alone, so that it need not take minutes. */
function bytesASpan(bench: Bench): { small: number; full: number; spans: number } {
  const { services, spansPerExport } = smallExports;
  const workload = new SpanWorkload(smallExports);
  const seconds = Math.ceil(bench.sizes.spans / (2 * services * spansPerExport));
  const spans = seconds * services * spansPerExport;
  const bytesOf = (write: (append: (payload: Buffer[]) => void) => void): number => {
    const directory = bench.directory();
    const writer = openWriter(directory, noLimit);
    let sent = 0;
    write((payloads) => {
      const failed = writer.append(payloads.map((payload) => traceAppend(payload, sent++))).find((error) => error !== undefined);
      if (failed !== undefined) throw failed;
    });
    writer.close();
    const bytes = bytesOfRecords(directory);
    bench.remove(directory);
    return bytes / spans;
  };
  const small = bytesOf((append) => {
    for (let number = 0; number < seconds * services; number++) append([workload.export(number)]);
  });
  const perFull = Math.ceil(fullExports.spansPerExport / spansPerExport);
  const full = bytesOf((append) => {
    for (let second = 0; second < seconds; second += perFull) {
      for (let service = 0; service < services; service++) {
        const together = Array.from({ length: Math.min(perFull, seconds - second) }, (_, index) => (second + index) * services + service);
        append([mergeExports(together.map((number) => workload.export(number)))]);
      }
    }
  });
  return { small, full, spans };
}
