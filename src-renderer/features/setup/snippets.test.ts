import { describe, expect, it } from 'vitest';
import { curlLine, endpointFor, languages, shellLines, variablesFor } from './snippets.ts';

const both = { grpcUrl: 'http://localhost:14317', httpUrl: 'http://localhost:14318' };

describe('variablesFor', () => {
  it('names the ports that are really in use', () => {
    expect(Object.fromEntries(variablesFor('python', both))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:14317',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    });
    expect(Object.fromEntries(variablesFor('node', both))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:14318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    });
  });
  it('turns to the other receiver, with its protocol, where one is off', () => {
    expect(endpointFor('go', { ...both, grpcUrl: undefined })).toEqual({ url: 'http://localhost:14318', protocol: 'http/protobuf' });
  });
  it.each(languages)('has nothing to paste for %s while no receiver listens', (language) => {
    expect(variablesFor(language, { grpcUrl: undefined, httpUrl: undefined })).toEqual([]);
  });
});

describe('shellLines', () => {
  it.each([
    ['sh', 'export A=b\nexport C=d'],
    ['powershell', '$env:A = "b"\n$env:C = "d"'],
    ['dotenv', 'A=b\nC=d'],
  ] as const)('writes for %s', (shell, lines) => {
    expect(
      shellLines(shell, [
        ['A', 'b'],
        ['C', 'd'],
      ]),
    ).toBe(lines);
  });
});

describe('curlLine', () => {
  it('is a valid OTLP/JSON request with ids that are not zero', () => {
    const line = curlLine('http://localhost:4318', 1_700_000_000_000);
    const body = JSON.parse(/-d '(.*)'$/.exec(line)?.[1] ?? '');
    const span = body.resourceSpans[0].scopeSpans[0].spans[0];
    expect(span.traceId).toMatch(/^[1-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[1-9a-f]{16}$/);
    expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBe(42_000_000n);
  });
});
