import { describe, expect, it } from 'vitest';
import { shortUserAgent } from './short-user-agent.ts';

describe('a user agent in short', () => {
  it.each([
    ['OTel-OTLP-Exporter-Python/1.45.0', 'Python SDK 1.45.0'],
    ['OTel-OTLP-Exporter-Python/1.45.0 grpc-python/1.68.0 grpc-c/45.0.0', 'Python SDK 1.45.0'],
    ['OTel OTLP Exporter Go/1.38.0', 'Go SDK 1.38.0'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'Chrome 156'],
    ['OpenTelemetry Collector Contrib/0.140.0 (linux/amd64)', 'OpenTelemetry Collector Contrib/0.140.0 (linux/amd64)'],
    ['', ''],
  ])('%s is %s', (userAgent, short) => {
    expect(shortUserAgent(userAgent)).toBe(short);
  });
});
