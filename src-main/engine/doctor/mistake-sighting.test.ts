import { describe, expect, it } from 'vitest';
import type { MistakeKind } from '#main/receive/mistake';
import { mistakeSighting } from './mistake-sighting.ts';
import { mistakeWords } from './mistake-words.ts';

const sight = (kind: MistakeKind, detail = '', userAgent = '') => mistakeSighting({ kind, port: 4318, userAgent, detail });

describe('a mistake of a client', () => {
  it.each(Object.keys(mistakeWords) as MistakeKind[])('%s is a sentence with its port and a fix', (kind) => {
    const { message, fix } = sight(kind, 'what was sent', 'curl/8.1');
    expect(message).toContain('4318');
    expect(message).toContain('curl/8.1');
    expect(message).toMatch(/\.$|\)\.$/);
    expect(fix.length).toBeGreaterThan(10);
  });

  it('TLS names the address without it', () => {
    expect(sight('tls-on-plain-port', 'a TLS handshake')).toMatchObject({
      severity: 'error',
      message: 'A client sent TLS to port 4318, which speaks plain text.',
      setting: expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318'),
    });
  });

  it.each([
    ['/', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces', 'as it is'],
    ['/v1/traces/v1/traces', 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318', 'must have none'],
    [
      '/v1/traces/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318',
      'must have none',
    ],
    ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf', 'HTTP/1.1'],
    ['/jaeger.api_v2.CollectorService/PostSpans', 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318', 'over gRPC'],
    ['/v1/trace', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces', '/v1/traces'],
    ['/api/log', 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://localhost:4318/v1/logs', '/v1/logs'],
    ['/loki/api/v1/push', 'OTEL_LOGS_EXPORTER=otlp', 'OTLP instead'],
    ['/telemetry', 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318', '/v1/traces'],
  ])('the wrong path %s is mended by %s', (path, setting, reason) => {
    const sighting = sight('wrong-path', path);
    expect(sighting.message).toContain(`"${path}"`.slice(0, path === '/loki/api/v1/push' ? 0 : undefined));
    expect(sighting.setting.split('\n')[0]).toBe(setting);
    expect(sighting.fix).toContain(reason);
  });
});
