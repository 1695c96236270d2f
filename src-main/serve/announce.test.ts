import { describe, expect, it } from 'vitest';
import { readyLine, readyWords, receiverProblems } from './announce.ts';
import { InMemoryEngine } from './in-memory-engine.fixture.ts';

const addresses = {
  grpcUrl: undefined,
  httpUrl: 'http://localhost:4318',
  uiUrl: 'http://localhost:4316/?token=T',
  apiUrl: 'http://localhost:4316/api',
  token: 'T',
};

describe('what is announced', () => {
  it('is one line of JSON for a program, null for a receiver that is off', () => {
    expect(readyLine(addresses)).toBe(
      '{"event":"ready","grpcUrl":null,"httpUrl":"http://localhost:4318","uiUrl":"http://localhost:4316/?token=T","apiUrl":"http://localhost:4316/api","token":"T"}\n',
    );
  });

  it('says to a person what to open and where to send', async () => {
    const words = readyWords(addresses, await new InMemoryEngine().status());
    expect(words).toContain('http://localhost:4316/?token=T');
    expect(words).toContain('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318');
    expect(words).toContain('(off)   OTLP/gRPC');
  });

  it('names the receivers that are off', async () => {
    const status = await new InMemoryEngine().status();
    const grpc = { protocol: 'grpc', port: 4317, state: 'port-taken', url: '', message: 'Port 4317 is taken by another program.' } as const;
    const http = { protocol: 'http', port: 4318, state: 'listening', url: 'http://localhost:4318', message: '' } as const;
    expect(receiverProblems({ ...status, receivers: [grpc, http] })).toEqual([
      'The OTLP/grpc receiver is off. Port 4317 is taken by another program.',
    ]);
  });
});
