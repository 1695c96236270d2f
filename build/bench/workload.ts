import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import protobuf from 'protobufjs';

/**
 * The workload of the benchmarks: exports of 512 spans, each export from one of 10 services, 12 attributes a span, an exception event on one span in ten, about 23 spans a
 * trace. Encoded by protobufjs from the `.proto` files, which is independent of the code under test.
 */
export const spansPerExport = 512;
const services = Array.from({ length: 10 }, (_, index) => `service-${index}`);
const spansPerTrace = 23;

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => (target.startsWith('proto/otlp/') ? target : `proto/otlp/${target}`);
root.loadSync(globSync('proto/otlp/opentelemetry/proto/collector/trace/v1/*.proto'));
const requestType = root.lookupType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');

export const decodeWithProtobufjs = (payload: Uint8Array): protobuf.Message => requestType.decode(payload);

function text(key: string, value: string): object {
  return { key, value: { stringValue: value } };
}

function attributes(index: number): object[] {
  const constant = ['GET', 'HTTP/1.1', 'eu-west-1', 'checkout', 'premium', 'web', 'v2'].map((value, position) =>
    text(`app.dimension.${position}`, value),
  );
  return [
    ...constant,
    text('http.route', `/api/items/${index % 40}`),
    text('user.id', `user-${index % 5000}`),
    text('order.id', randomBytes(6).toString('hex')),
    { key: 'http.response.status_code', value: { intValue: index % 50 === 0 ? 503 : 200 } },
    { key: 'queue.length', value: { intValue: index % 17 } },
  ];
}

function exception(index: number): object {
  const frames = Array.from(
    { length: 12 },
    (_, depth) => `  File "/app/module_${(index + depth) % 20}.py", line ${depth * 7}, in handler_${depth}`,
  );
  return {
    name: 'exception',
    attributes: [
      text('exception.type', 'ValueError'),
      text('exception.message', `bad value ${index % 200}`),
      text('exception.stacktrace', ['Traceback (most recent call last):', ...frames].join('\n')),
    ],
  };
}

/** The `number`-th export. Ids are random, so every span is a new one. */
export function traceExport(number: number): Buffer<ArrayBuffer> {
  const startNs = BigInt(Date.now()) * 1_000_000n;
  let traceId = randomBytes(16);
  let parent: Buffer | undefined;
  const spans = Array.from({ length: spansPerExport }, (_, index) => {
    const spanId = randomBytes(8);
    if (index % spansPerTrace === 0) [traceId, parent] = [randomBytes(16), undefined];
    const span = {
      traceId,
      spanId,
      parentSpanId: parent,
      name: `operation ${index % 30}`,
      kind: 1 + (index % 5),
      startTimeUnixNano: (startNs + BigInt(index) * 1000n).toString(),
      endTimeUnixNano: (startNs + BigInt(index) * 1000n + BigInt(1 + ((index * 7919) % 900)) * 1_000_000n).toString(),
      attributes: attributes(number * spansPerExport + index),
      events: index % 10 === 0 ? [exception(index)] : [],
      status: { code: index % 10 === 0 ? 2 : 0 },
    };
    parent ??= spanId;
    return span;
  });
  const resource = { attributes: [text('service.name', services[number % services.length] ?? ''), text('host.name', 'laptop')] };
  const message = requestType.fromObject({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] });
  return Buffer.from(requestType.encode(message).finish());
}
