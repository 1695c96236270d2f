import { describe, expect, it } from 'vitest';
import type { ClientReport, Finding } from '#proto/bridge/doctor';
import type { EngineStatus, ReceiverStatus } from '#proto/bridge/shapes';
import { doctorText } from './doctor-text.ts';

const nowMs = 1_700_000_000_000;
const nano = (agoMs: number): string => `${nowMs - agoMs}000000`;

const listening: ReceiverStatus = { protocol: 'http', port: 4318, state: 'listening', url: 'http://localhost:4318', message: '' };
const taken: ReceiverStatus = {
  protocol: 'grpc',
  port: 4317,
  state: 'port-taken',
  url: 'http://localhost:4317',
  message: 'Port 4317 is taken by java (process 12), so OTLP/gRPC is off.',
};

const status = (...receivers: ReceiverStatus[]): EngineStatus => ({
  version: '0.1.0',
  receivers,
  stored: { traces: 0, spans: 0, logs: 0, bytes: 0, maxBytes: 1 },
  received: { requests: 0, rejectedRecords: 0, metricPointsNotStored: 0 },
  dataDirectory: '/data',
  notices: [],
  doctor: { clients: [], findings: [] },
});

const client: ClientReport = {
  id: '1',
  userAgent: 'OTel-OTLP-Exporter-Python/1.45.0',
  protocol: 'grpc',
  port: 4317,
  service: 'api',
  records: { traces: 12, logs: 3, metrics: 0 },
  requests: 2,
  rejectedRecords: 1,
  recordsPerSecond: 0,
  firstSeenUnixNano: nano(60_000),
  lastSeenUnixNano: nano(7000),
};

const finding: Finding = {
  id: '1',
  kind: 'wrong-path',
  severity: 'error',
  message: 'curl/8.1 sent to "/v1/trace" on port 4318, where nothing is.',
  fix: 'The path is /v1/traces.',
  setting: 'A=1\nB=2',
  client: 'curl/8.1',
  count: 3,
  firstSeenUnixNano: nano(300_000),
  lastSeenUnixNano: nano(180_000),
};

describe('the doctor in a terminal', () => {
  it('lists receivers, clients in columns, and findings with what to paste', () => {
    expect(
      doctorText({ clients: [client, { ...client, service: '', userAgent: '' }], findings: [finding] }, status(taken, listening), nowMs),
    ).toBe(`Receivers
  gRPC  off: Port 4317 is taken by java (process 12), so OTLP/gRPC is off.
  HTTP  http://localhost:4318

Clients
  SERVICE            CLIENT                            PROTOCOL  PORT  TRACES  LOGS  METRICS  REJECTED  LAST SEEN
  api                OTel-OTLP-Exporter-Python/1.45.0  grpc      4317  12      3     0        1         7 s ago
  (no service name)  (no user agent)                   grpc      4317  12      3     0        1         7 s ago

Problem: curl/8.1 sent to "/v1/trace" on port 4318, where nothing is. (3 times, last 3 min ago)
  The path is /v1/traces.
    A=1
    B=2
`);
  });

  it('says what to set while nothing has arrived', () => {
    const text = doctorText({ clients: [], findings: [] }, status(taken, listening), nowMs);
    expect(text).toContain('Nothing has arrived since the start.');
    expect(text).toContain('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318');
    expect(doctorText({ clients: [], findings: [] }, status(taken), nowMs)).toContain('No receiver listens');
  });

  it('obeys nothing that a client sent', () => {
    const hostile = 'a\u001b[2J\nProblem: \u202egnp';
    const text = doctorText(
      {
        clients: [{ ...client, service: hostile, userAgent: hostile }],
        findings: [{ ...finding, message: hostile, fix: hostile, setting: hostile }],
      },
      status({ ...taken, message: hostile }),
      nowMs,
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(text.split('\n').filter((line) => line.startsWith('Problem: '))).toHaveLength(1);
  });
});
