import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter as GrpcTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { JsonLogsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WireProtocol } from '#proto/bridge/doctor';
import type { ReceiverOptions } from './interface.ts';
import { accepted, recording, start } from './receivers.fixture.ts';
import { type Log, log, type Span, span } from './telemetry.fixture.ts';

interface Exporter<Item> {
  export(items: Item[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}
type ExporterOptions = { url: string; compression?: 'gzip' | 'none'; timeoutMillis?: number };
type Kind<Item> = [protocol: WireProtocol, path: string, create: (options: ExporterOptions) => Exporter<Item>];

const traceExporters: Kind<Span>[] = [
  ['grpc', '', (options) => new GrpcTraceExporter(options as object)],
  ['http/protobuf', '/v1/traces', (options) => new ProtobufTraceExporter(options as object)],
  ['http/json', '/v1/traces', (options) => new JsonTraceExporter(options as object)],
];
const logExporters: Kind<Log>[] = [
  ['grpc', '', (options) => new GrpcLogExporter(options as object)],
  ['http/protobuf', '/v1/logs', (options) => new ProtobufLogExporter(options as object)],
  ['http/json', '/v1/logs', (options) => new JsonLogExporter(options as object)],
];
const success = 0;

describe.each([undefined, 'gzip'] as const)('real exporters, compression %s', (compression) => {
  const compressed = compression === undefined ? {} : { compression };

  it.each(traceExporters)('traces over %s arrive byte for byte', async (protocol, path, create) => {
    const { options, requests } = recording();
    const url = `${await urlOf(options)}${path}`;
    expect(await exportOnce(create({ url, ...compressed }), [span])).toEqual({ code: success });
    const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer;
    expect(requests).toMatchObject([{ signal: 'traces', protocol, encoding: protocol === 'http/json' ? 'json' : 'protobuf' }]);
    expect(requests[0]?.payload).toEqual(new Uint8Array(serializer.serializeRequest([span]) ?? []));
    expect(requests[0]?.userAgent).toMatch(/^OTel-OTLP-Exporter-JavaScript\//);
  });

  it.each(logExporters)('logs over %s arrive byte for byte', async (protocol, path, create) => {
    const { options, requests } = recording();
    const url = `${await urlOf(options)}${path}`;
    expect(await exportOnce(create({ url, ...compressed }), [log])).toEqual({ code: success });
    const serializer = protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer;
    expect(requests[0]?.payload).toEqual(new Uint8Array(serializer.serializeRequest([log]) ?? []));
  });
});

describe('what real exporters make of the answers', () => {
  it.each(traceExporters.slice(1))('R12 %s sends again after "unavailable", and once more is enough', async (_, path, create) => {
    let calls = 0;
    const { options, requests } = recording(() => Promise.resolve(calls++ === 0 ? { kind: 'unavailable', message: 'locked' } : accepted));
    const url = `${await urlOf(options)}${path}`;
    expect(await exportOnce(create({ url }), [span])).toEqual({ code: success });
    expect(requests).toHaveLength(2);
    expect(requests[1]?.payload).toEqual(requests[0]?.payload);
  });

  it('R11 grpc gets UNAVAILABLE, after which this exporter, unlike its HTTP siblings, does not try again', async () => {
    const { options } = recording({ kind: 'unavailable', message: 'locked' });
    const { error } = await exportOnce(new GrpcTraceExporter({ url: await urlOf(options) }), [span]);
    expect(error).toMatchObject({ code: 14, details: 'locked' });
  });

  it.each(traceExporters)('R9 %s gives up after "bad data" without another try', async (_, path, create) => {
    const { options, requests } = recording({ kind: 'bad-data', message: 'not OTLP' });
    const url = `${await urlOf(options)}${path}`;
    const { code, error } = await exportOnce(create({ url }), [span]);
    expect(code).not.toBe(success);
    expect(error).toBeInstanceOf(Error);
    expect(requests).toHaveLength(1);
  });

  it.each(traceExporters)('R4 R6 %s takes partial success for success', async (_, path, create) => {
    const { options, requests } = recording({ kind: 'accepted', rejected: 1, message: 'trace_id is all zeros' });
    const url = `${await urlOf(options)}${path}`;
    expect(await exportOnce(create({ url }), [span])).toEqual({ code: success });
    expect(requests).toHaveLength(1);
  });
});

describe('what real exporters are told of their mistakes', () => {
  it.each(traceExporters.slice(1))('T4 %s with the endpoint of a signal that has no path', async (_, path, create) => {
    const { options, mistakes } = recording();
    const { port } = await start(options);
    const { error } = await exportOnce(create({ url: `http://localhost:${port}` }), [span]);
    expect(error).toMatchObject({ code: 404, data: expect.stringContaining(`did you mean ${path}?`) });
    expect(mistakes).toMatchObject([
      { kind: 'wrong-path', port, detail: '/', userAgent: expect.stringMatching(/^OTel-OTLP-Exporter-JavaScript/) },
    ]);
  });

  it.each(traceExporters)('%s with https:// in place of http://', async (_, path, create) => {
    const { options, mistakes } = recording();
    const { port } = await start(options);
    const { code, error } = await exportOnce(create({ url: `https://localhost:${port}${path}`, timeoutMillis: 2000 }), [span]);
    expect([code, error?.message]).toEqual([1, expect.stringContaining('alert handshake failure')]);
    expect(mistakes[0]).toEqual({ kind: 'tls-on-plain-port', port, userAgent: '', detail: 'a TLS handshake' });
  });
});

async function urlOf(options: ReceiverOptions): Promise<string> {
  const { port } = await start(options);
  return `http://localhost:${port}`;
}

function exportOnce<Item>(exporter: Exporter<Item>, items: Item[]): Promise<{ code: number; error?: Error }> {
  onTestFinished(() => exporter.shutdown());
  return new Promise((resolve) => exporter.export(items, resolve));
}
