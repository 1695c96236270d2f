import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTLPTraceExporter as GrpcTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { expect, it, onTestFinished } from 'vitest';
import { span } from '#main/receive/telemetry.fixture';
import { startEngine } from './engine.ts';

interface Exporter {
  export(spans: (typeof span)[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

const exporters: ((url: string) => Exporter)[] = [
  (url) => new GrpcTraceExporter({ url }),
  (url) => new ProtobufTraceExporter({ url: `${url}/v1/traces` }),
  (url) => new JsonTraceExporter({ url: `${url}/v1/traces` }),
];

it('takes each protocol of OTLP on both ports, from OpenTelemetry’s own exporters', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-any-port-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const engine = await startEngine({ dataDirectory, grpcPort: 0, httpPort: 0, maxStoredBytes: 1e9 });
  onTestFinished(() => engine.stop());
  const { receivers } = await engine.status();
  expect(receivers.map(({ state }) => state)).toEqual(['listening', 'listening']);

  const context = span.spanContext();
  const sent: string[] = [];
  for (const { url } of receivers) {
    for (const create of exporters) {
      const spanId = String(sent.length + 1).padStart(16, '0');
      sent.push(spanId);
      expect(await exportOnce(create(url), { ...span, spanContext: () => ({ ...context, spanId }) })).toEqual({ code: 0 });
    }
  }
  expect((await engine.ask('openTrace', { traceId: context.traceId }))?.spanId.toSorted()).toEqual(sent);
  expect((await engine.status()).received).toMatchObject({ requests: 6, rejectedRecords: 0 });
});

function exportOnce(exporter: Exporter, item: typeof span): Promise<{ code: number; error?: Error }> {
  onTestFinished(() => exporter.shutdown());
  return new Promise((resolve) => exporter.export([item], resolve));
}
