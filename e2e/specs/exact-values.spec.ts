import { JsonLogsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { expectedGroup, expectedLog, expectedSpan, sdkLog, sdkSpan } from '#main/decode/fixtures/every-field';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/shared-host-test.ts';
import type { Host } from '../hosts/host.ts';

/** What the official encoder writes comes back from `/api` unchanged, to the last bit of 64. */
const encodings = [
  { type: 'application/x-protobuf', traces: ProtobufTraceSerializer, logs: ProtobufLogsSerializer },
  { type: 'application/json', traces: JsonTraceSerializer, logs: JsonLogsSerializer },
] as const;

async function post(host: Host, path: string, type: string, body: Uint8Array | undefined): Promise<void> {
  const bytes = new Uint8Array(body ?? []);
  const response = await fetch(host.httpUrl + path, { method: 'POST', headers: { 'content-type': type }, body: bytes });
  expect(response.status).toBe(200);
}

for (const { type, traces, logs } of encodings) {
  test(`every field of a span comes back unchanged (${type})`, async ({ host }) => {
    await post(host, '/v1/traces', type, traces.serializeRequest([sdkSpan]));
    const { spans } = await askApi<{ spans: unknown[] }>(host, `/traces/${expectedSpan.traceId}`);
    expect(spans).toEqual([{ ...expectedSpan, ...expectedGroup }]);
  });

  test(`every field of a log record comes back unchanged (${type})`, async ({ host }) => {
    const stored = async () => (await askApi<{ items: unknown[] }>(host, `/logs?traceId=${expectedLog.traceId}`)).items;
    const before = (await stored()).length;
    await post(host, '/v1/logs', type, logs.serializeRequest([sdkLog]));
    const after = await stored();
    expect(after.length).toBe(before + 1);
    expect(after).toMatchObject(after.map(() => ({ ...expectedLog, ...expectedGroup })));
  });
}
