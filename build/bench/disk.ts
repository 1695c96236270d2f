import type { Measurement } from './harness/bench.ts';
import { count, type Figure } from './harness/figure.ts';
import type { BuiltStore } from './harness/stores.ts';

/** All that is on disk, indexes included, for what came in over the wire. */
export const disk: Measurement = {
  name: 'disk',
  run: async (bench) => [
    shareOf(bench.spanStore(bench.sizes.manySpans), 'span', { atMost: 0.22 }),
    shareOf(bench.logStore(bench.sizes.logs), 'log record', undefined),
  ],
};

function shareOf({ records, wireBytes, bytesOnDisk, recordsPerSecond }: BuiltStore, record: string, target: Figure['target']): Figure {
  return {
    what: `bytes on disk / bytes on the wire, ${count(records)} ${record}s`,
    measured: bytesOnDisk / wireBytes,
    unit: 'ratio',
    ...(target === undefined ? {} : { target }),
    from: `${(bytesOnDisk / records).toFixed(0)} / ${(wireBytes / records).toFixed(0)} bytes a ${record}; built at ${count(recordsPerSecond)} ${record}s a second on one thread`,
  };
}
