import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, type JsonMessage } from '#main/decode/fixtures/encode';
import { Served, temporaryFolder } from '#main/faults/served.fixture';
import { send } from '#main/receive/wire.fixture';
import { runningEngine, type RunningEngine } from './running-engine.fixture.ts';

/** Section 3C through a running engine: what a request costs is bounded, for whoever else sends and for the machine's memory. */

const mebibyte = 1024 * 1024;
const largest = 64 * mebibyte;

let running: RunningEngine;
beforeAll(async () => {
  running = await runningEngine();
});
afterAll(() => running.stop());

let spans = 0;
function oneSpan(): JsonMessage {
  spans += 1;
  const spanId = spans.toString(16).padStart(16, '0');
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId, name: 'innocent' }] }] }] };
}

function spanNumber(number: number): Buffer {
  const spanId = Buffer.alloc(8);
  spanId.writeUInt32BE(number + 1);
  return field(2, field(1, Buffer.alloc(16, 7)), field(2, spanId));
}

describe('requests that are made to cost much', () => {
  it.each<[string, () => Uint8Array]>([
    ['two million spans of nothing', () => field(1, field(2, Buffer.alloc(largest - 100, Buffer.from([0x12, 0x00]))))],
    ['a million groups of one span', () => Buffer.alloc(largest - (largest % 42), field(1, field(2, spanNumber(1))))],
    [
      'resources that nobody has seen',
      () =>
        Buffer.concat(
          Array.from({ length: 140_000 }, (_, number) =>
            field(1, field(1, field(1, field(1, Buffer.from(`key ${number}`)))), field(2, spanNumber(number))),
          ),
        ),
    ],
  ])('%s are refused, and whoever sends meanwhile is answered', async (_, make) => {
    const hostile = running.post('traces', 'protobuf', make());
    const innocent = await Promise.all(Array.from({ length: 5 }, () => running.post('traces', 'json', oneSpan())));
    expect(innocent.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect((await hostile).status).toBe(400);
  });

  it('20 concurrent uploads of 64 MiB: each is stored or told to come back, and memory stays flat', async () => {
    const { folder, remove } = temporaryFolder();
    const served = await new Served(folder).ready();
    try {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => upload(served.httpPort, largeTrace(number))));
      expect(new Set([200, 503, ...answers])).toEqual(new Set([200, 503]));
      expect(answers).toContain(200);
      // What it takes for one of them (its bytes, its pieces, its chunks) and the rest of the byte budget, besides what it has anyway: 300 MB when it runs from its sources.
      if (process.platform === 'linux') expect(served.peakBytes).toBeLessThan(900 * mebibyte);
      expect(await upload(served.httpPort, field(1, field(2, spanNumber(1))))).toBe(200);
    } finally {
      await served.stop();
      remove();
    }
  }, 120_000);
});

/** 60 MiB of spans with names that no compression makes shorter. */
function largeTrace(number: number): Uint8Array {
  const traceId = Buffer.alloc(16, number + 1);
  const named = Array.from({ length: 60 }, (_, index) => {
    const name = field(5, Buffer.from(randomBytes(mebibyte / 2).toString('hex')));
    return field(2, field(1, traceId), field(2, Buffer.alloc(8, index + 1)), name);
  });
  return field(1, field(2, ...named));
}

async function upload(port: number, body: Uint8Array): Promise<number> {
  return (await send(port, { headers: { 'content-type': 'application/x-protobuf' }, body })).status;
}
