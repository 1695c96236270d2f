import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openReader } from '../read/reader.ts';
import { seededRandom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { checkStore } from './check.ts';
import { openWriter } from './writer.ts';

/** Appends without end, seals and drops, and after each append puts on record, synced, up to which trace it was told that all is stored. */
const appender = `
  import { createHash } from 'node:crypto';
  import { fsyncSync, openSync, writeSync } from 'node:fs';
  import { admitTraces } from '#main/decode/walk/admit';
  import { encodeTraces } from '#main/decode/walk/encode';
  import { openCheckpointer } from ${JSON.stringify(new URL('checkpointer.ts', import.meta.url).href)};
  import { openWriter } from ${JSON.stringify(new URL('writer.ts', import.meta.url).href)};
  const [, directory, ledgerPath, from] = process.argv;
  const ledger = openSync(ledgerPath, 'a');
  const writer = openWriter(directory, { maxStoredBytes: 1e9 });
  const checkpointer = openCheckpointer(directory);
  const resource = { attributes: [], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' };
  const scope = { name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' };
  const common = { traceState: '', parentSpanId: '', flags: 0, name: 'name', kind: 1, startTimeUnixNano: '1', endTimeUnixNano: '2', attributes: [],
    droppedAttributesCount: 0, events: [], droppedEventsCount: 0, links: [], droppedLinksCount: 0, status: { code: 0, message: '' } };
  process.stdout.write('ready');
  for (let next = Number(from), round = 0; ; round += 1) {
    // Follows from what is sent, since a request that is sent again has to be the same.
    const count = Math.imul(next, 2654435761) >>> 30 === 0 ? 300 : 20;
    const items = Array.from({ length: count }, (_, n) => ({ ...common, traceId: (next + n).toString(16).padStart(32, '0'), spanId: '00000000000000aa' }));
    const payloadHash = createHash('sha256').update(String(next)).digest();
    const { pieces } = admitTraces(encodeTraces([{ resource, scope, items }]), 'protobuf');
    const [error] = writer.append([{ payloadHash, receivedNs: 1n, records: { signal: 'traces', pieces } }]);
    if (error) throw error;
    next += count;
    writeSync(ledger, (next - 1) + '\\n');
    fsyncSync(ledger);
    while (writer.prune());
    if (round % 10 === 0) checkpointer.run();
  }`;

it('loses nothing that was acknowledged when it is killed', async () => {
  const directory = temporaryDirectory();
  const ledger = join(temporaryDirectory(), 'ledger');
  const random = seededRandom(5);
  let last = 0;
  for (let round = 0; round < 5; round += 1) {
    // The requests of a round that was cut off are sent again, as a client would.
    const child = spawn(process.execPath, ['--input-type=module', '--eval', appender, directory, ledger, String(last + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    // At any moment of its work.
    await setTimeout(100 + Math.floor(random() * 500));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const writer = openWriter(directory, { maxStoredBytes: 1e9 });
    expect(writer.notices).toEqual([]);
    writer.close();
    const reader = openReader(directory);
    const acknowledged = Number(readFileSync(ledger, 'utf8').trim().split('\n').at(-1));
    expect(acknowledged).toBeGreaterThan(last);
    const stored = new Set(
      reader.findTraces({ query: { kind: 'and', of: [] }, limit: 2 ** 20, before: undefined }).map(({ summary }) => summary.traceId),
    );
    for (let trace = 1; trace <= acknowledged; trace += 1) expect(stored.has(traceIdOf(trace))).toBe(true);
    // At most the request that was under way when the process died, whole or not at all.
    const { traces, spans } = reader.counts();
    expect([acknowledged, acknowledged + 20, acknowledged + 300]).toContain(traces);
    expect(spans).toBe(traces);
    reader.close();
    expect(checkStore(directory)).toEqual([]);
    last = acknowledged;
  }
});
