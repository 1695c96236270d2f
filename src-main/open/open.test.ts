import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { buildTelemetry } from '#main/sample/build-telemetry';
import { createScenario } from '#main/sample/scenario';
import { plainEnv, runningSidelight, sidelight, temporaryFolder, type Ended } from '#main/sidelight.fixture';

/** `sidelight open` with real files, and what then is in Sidelight. */

let running: Awaited<ReturnType<typeof runningSidelight>>;
beforeAll(async () => void (running = await runningSidelight()));
afterAll(() => running.stop());

let folder: string;
beforeEach(() => {
  const temporary = temporaryFolder('files');
  ({ folder } = temporary);
  onTestFinished(temporary.remove);
});

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
}

function open(...targets: string[]): Promise<Ended> {
  return sidelight(['open', '--data-dir', running.dataDirectory, ...targets]);
}

let lastId = 0;
const newTraceId = () => (++lastId).toString(16).padStart(32, 'a');

function traces(traceId: string, spans = 1): object {
  const span = { traceId, name: 'GET /', kind: 2, startTimeUnixNano: '1760000000000000001', endTimeUnixNano: '1760000000250000003' };
  return {
    resourceSpans: [
      {
        scopeSpans: [
          { spans: Array.from({ length: spans }, (_, index) => ({ ...span, spanId: (index + 1).toString(16).padStart(16, '0') })) },
        ],
      },
    ],
  };
}

function logs(text: string): object {
  return { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '1760000000000000001', body: { stringValue: text } }] }] }] };
}

const metrics = {
  resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'up', gauge: { dataPoints: [{ timeUnixNano: '1', asInt: '1' }] } }] }] }],
};

describe('a file', () => {
  it('of one JSON document, over many lines, is shown by its trace', async () => {
    const traceId = newTraceId();
    const pretty = file('pretty.json', `\uFEFF${JSON.stringify(traces(traceId, 3), undefined, 2)}`);
    const { code, stdout, stderr } = await open(pretty);
    expect([code, stderr]).toEqual([0, '']);
    const origin = new URL(running.addresses.apiUrl).origin;
    expect(stdout).toBe(`${pretty}: 3 spans of 1 trace\n  ${origin}/traces/${traceId}\n`);
    expect((await running.ask(`/traces/${traceId}`)).spans).toHaveLength(3);
  });

  it('of JSON Lines may mix signals, and keeps every digit', async () => {
    const [one, two] = [newTraceId(), newTraceId()];
    const exact = JSON.stringify(traces(two)).replace('"1760000000000000001"', '1760000000000000123');
    const lines = [
      JSON.stringify(traces(one)),
      exact,
      JSON.stringify(logs('opened one')),
      JSON.stringify(metrics),
      '',
      JSON.stringify(logs('opened two')),
    ];
    const { code, stdout } = await open(file('mixed.jsonl', lines.join('\r\n')));
    expect(code).toBe(0);
    expect(stdout).toContain('2 spans of 2 traces, 2 log records, 1 metric\n');
    const { spans } = await running.ask(`/traces/${two}`);
    expect(spans[0].startTimeUnixNano).toBe('1760000000000000123');
    expect((await running.ask('/logs?query=opened')).items).toHaveLength(2);
  });

  it('larger than a request is read in parts', async () => {
    const traceId = newTraceId();
    const padded = (index: number) =>
      JSON.stringify(traces(traceId)).replace(
        '"spanId":"0000000000000001"',
        `"spanId":"${(index + 1).toString(16).padStart(16, '0')}","attributes":[{"key":"pad","value":{"stringValue":"${'p'.repeat(100_000)}"}}]`,
      );
    const large = file('large.jsonl', Array.from({ length: 200 }, (_, index) => padded(index)).join('\n'));
    expect((await open(large)).stdout).toContain('200 spans of 1 trace\n');
    expect((await running.ask(`/traces/${traceId}`)).spans).toHaveLength(200);
  });

  it('of protobuf is told by what it holds', async () => {
    const sample = buildTelemetry(
      createScenario((index) => `op_${index}`),
      BigInt(Date.now()) * 1_000_000n,
    );
    const spans = ProtobufTraceSerializer.serializeRequest(sample.spans) ?? new Uint8Array();
    const records = ProtobufLogsSerializer.serializeRequest(sample.logs) ?? new Uint8Array();
    const { code, stdout } = await open(file('traces.otlp', spans), file('logs.binpb', records));
    expect(code).toBe(0);
    expect(stdout).toContain(`traces.otlp: ${sample.spans.length} spans of ${sample.traceIds.length} traces\n`);
    expect(stdout).toContain(`logs.binpb: ${sample.logs.length} log records\n`);
    for (const traceId of sample.traceIds) expect((await running.ask(`/traces/${traceId}`)).traceId).toBe(traceId);

    const framed = [spans, records].flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    });
    const collector = await open(file('collector.pb', Buffer.concat([...framed, Buffer.of(0, 0, 9, 9, 1)])));
    expect(collector.stdout).toContain(
      `${sample.spans.length} spans of ${sample.traceIds.length} traces, ${sample.logs.length} log records\n`,
    );
    expect(collector.stderr).toContain('message 3 is cut off by the end of the file');
    expect(collector.code).toBe(1);
  });
});

it('a file is stored once, labelled, and written out again as it was', async () => {
  const traceId = newTraceId();
  const original = file('original.json', JSON.stringify(traces(traceId, 3)));
  expect((await open(original)).code).toBe(0);
  const renamed = file('renamed.json', readFileSync(original));
  expect((await open(renamed)).stdout).toContain('nothing new, this very file is stored already\n');
  const { summary, spans } = await running.ask(`/traces/${traceId}`);
  expect(summary).toMatchObject({ spanCount: 3, importedFrom: [{ name: 'original.json' }] });

  const { importId } = summary.importedFrom[0];
  expect((await running.ask(`/traces?importId=${importId}`)).items).toHaveLength(1);
  const { code, stdout, stderr } = await sidelight(['export', '--data-dir', running.dataDirectory, traceId.toUpperCase()]);
  expect([code, stderr]).toEqual([0, '']);
  expect(
    (await sidelight(['export', '--data-dir', running.dataDirectory, '--query', `"${traceId}" OR service:none`, '--limit', '5'])).code,
  ).toBe(0);
  expect((await running.ask(`/imports/${importId}`)).report).toMatchObject({
    format: 'OTLP JSON',
    spans: 3,
    traceCount: 1,
    traceIds: [traceId],
  });

  await running.host.engine.imports.remove(importId);
  expect(await running.ask(`/traces/${traceId}`)).toMatchObject({ code: 'NOT_FOUND' });
  expect((await running.ask('/imports')).items.map(({ id }: { id: number }) => id)).not.toContain(importId);
  expect((await open(file('exported.jsonl', stdout))).stdout).toContain('3 spans of 1 trace');
  expect((await running.ask(`/traces/${traceId}`)).spans).toEqual(spans);
});

describe('a damaged file', () => {
  it('loses its bad lines alone, and says which', async () => {
    const [one, two] = [newTraceId(), newTraceId()];
    const badSpan = JSON.stringify(traces(newTraceId())).replace('"kind":2', '"kind":{}');
    const lines = [JSON.stringify(traces(one)), '{"resourceSpans":', '{"hello":1}', '[1]', badSpan, '7', JSON.stringify(traces(two))];
    const { code, stdout, stderr } = await open(file('bad.jsonl', lines.join('\n')));
    expect(code).toBe(1);
    expect(stdout).toContain(one);
    expect(stdout).toContain(two);
    expect(stderr).toMatch(/bad\.jsonl: line 2 is not JSON/);
    expect(stderr).toContain('line 3 is JSON, but neither of OTLP');
    expect(stderr).toContain('line 4 is JSON, but');
    expect(stderr).toContain('line 6 is JSON, but');
    for (const traceId of [one, two]) expect((await running.ask(`/traces/${traceId}`)).spans).toHaveLength(1);
  });

  it('says no more than ten of its problems', async () => {
    const { stderr } = await open(file('all-bad.jsonl', `${JSON.stringify(logs('x'))}\n${'{}\n'.repeat(25)}`));
    expect(stderr.trim().split('\n')).toHaveLength(11);
    expect(stderr).toContain('and 15 more like these');
  });

  it.each([
    ['text.jsonl', 'hello world', 'neither JSON nor the protobuf'],
    ['half.json', '{\n  "resourceSpans": [', 'resourceSpans record 1 (line 2) is cut off'],
    ['image.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'neither JSON nor the protobuf'],
    ['nest.otlp', Buffer.from('0aff'.repeat(50), 'hex'), 'neither JSON nor the protobuf'],
  ])('%s is none of these', async (name, content, reason) => {
    const { code, stdout, stderr } = await open(file(name, content));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('This file cannot be read: ');
    expect(stderr).toContain(reason);
  });

  it('that is empty is said', async () => {
    const { code, stdout, stderr } = await open(file('empty.json', ''));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('It is empty.');
  });

  it('that is none at all is said, and the others are opened', async () => {
    const traceId = newTraceId();
    const { code, stdout, stderr } = await open(path.join(folder, 'none.json'), folder, file('ok.json', JSON.stringify(traces(traceId))));
    expect(code).toBe(1);
    expect(stderr).toContain('ENOENT');
    expect(stdout).toContain(traceId);
  });
});

describe('a link', () => {
  it('opens its view in the browser, which is let in', async () => {
    const record = path.join(folder, 'opened');
    const browser = path.join(folder, 'browser');
    writeFileSync(browser, `#!/bin/sh\necho "$1" > "${record}.part" && mv "${record}.part" "${record}"\n`, { mode: 0o755 });
    const traceId = newTraceId();
    const env = { ...plainEnv(), BROWSER: browser, DISPLAY: '', HOME: folder, XDG_DATA_HOME: folder, XDG_DATA_DIRS: folder };
    const link = `sidelight://trace/${traceId}?span=b7ad6b7169203331`;
    const { code, stdout } = await sidelight(['open', '--data-dir', running.dataDirectory, link], { env });
    const origin = new URL(running.addresses.apiUrl).origin;
    expect([code, stdout]).toEqual([0, `${origin}/traces/${traceId}?span=b7ad6b7169203331\n`]);
    await expect.poll(() => readOrNothing(record), { timeout: 10_000 }).toContain(`token=${running.addresses.token}`);
    expect((await fetch(readFileSync(record, 'utf8').trim(), { redirect: 'manual' })).headers.get('location')).toBe(
      `/traces/${traceId}?span=b7ad6b7169203331`,
    );
  });

  it('that is not sound opens nothing', async () => {
    const { code, stdout, stderr } = await open('sidelight://trace/../../etc');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('a link is sidelight://trace/TRACEID');
  });
});

function readOrNothing(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return '';
  }
}
