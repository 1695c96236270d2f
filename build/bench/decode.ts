import { walkSpans } from '#main/decode/walk/walk-spans';
import type { Measurement } from './harness/bench.ts';
import { median } from './harness/statistics.ts';
import { count } from './harness/figure.ts';
import { traceRequestType } from './workload/protobuf-types.ts';
import { fullExports } from './workload/span-shape.ts';
import { SpanWorkload } from './workload/span-workload.ts';

const exports = 40;

/** One pass over the bytes against a decoder that makes objects. */
export const decode: Measurement = {
  name: 'decode',
  run: async ({ sizes }) => {
    const workload = new SpanWorkload();
    const payloads = Array.from({ length: exports }, (_, number) => workload.export(number));
    const nanoseconds = (read: (payload: Uint8Array) => unknown): number => {
      const started = performance.now();
      for (const payload of payloads) read(payload);
      return ((performance.now() - started) * 1e6) / (exports * fullExports.spansPerExport);
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= sizes.rounds; round++) {
      ours.push(nanoseconds(walkSpans));
      theirs.push(nanoseconds((payload) => traceRequestType.decode(payload)));
    }
    const [us, them] = [median(ours.slice(1)), median(theirs.slice(1))];
    return [{ what: 'decoding, protobufjs / walk', measured: them / us, unit: 'ratio', from: `${count(them)} / ${count(us)} ns a span` }];
  },
};
