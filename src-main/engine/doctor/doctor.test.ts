import { describe, expect, it } from 'vitest';
import { DoctorReport } from '#proto/bridge/doctor';
import type { ReceiverStatus } from '#proto/bridge/shapes';
import type { ExportOutcome } from '#main/receive/interface';
import { Doctor } from './doctor.ts';
import type { ServiceFacts } from './facts.ts';
import type { SentRequest } from './outcome-sighting.ts';

let nowMs = 1_700_000_000_000;
const accepted: ExportOutcome = { kind: 'accepted', rejected: 0, message: '' };
const request: SentRequest = {
  signal: 'traces',
  encoding: 'protobuf',
  protocol: 'grpc',
  port: 4317,
  userAgent: 'OTel-OTLP-Exporter-Python/1.45.0',
};

const spansOf = (service: string, spans = 2): ServiceFacts => ({
  service,
  language: 'python',
  spans,
  logs: 0,
  metricPoints: 0,
  logsInContext: 0,
  aheadRecords: 0,
  aheadMs: 0,
  newestAgeMs: 10,
  waited: spans,
  waitedLong: 0,
  waitedMs: 10,
});

const learnt = (...services: string[]) => ({ facts: services.map((service) => spansOf(service)) });

const taken: ReceiverStatus = {
  protocol: 'grpc',
  port: 4317,
  state: 'port-taken',
  url: '',
  message: 'Port 4317 is taken by java.',
  freePort: 4327,
};
const free: ReceiverStatus = { protocol: 'grpc', port: 4327, state: 'listening', url: '', message: '' };

describe('doctor', () => {
  it('knows each client by service, user agent, protocol and port, with what it has sent', () => {
    const doctor = new Doctor(() => nowMs);
    doctor.noteExport(request, accepted, learnt('api', 'db'));
    doctor.noteExport(request, accepted, learnt('api'));
    doctor.noteExport({ ...request, signal: 'metrics' }, accepted, {
      facts: [
        { ...spansOf('api', 0), metricPoints: 7 },
        { ...spansOf('unknown_service', 0), metricPoints: 1 },
      ],
    });
    doctor.noteExport({ ...request, port: 4318 }, accepted, learnt('api'));
    const { clients, findings } = doctor.report([]);
    expect(findings).toEqual([]);
    expect(DoctorReport.parse(doctor.report([]))).toEqual(doctor.report([]));
    expect(clients.map(({ service, port, requests, records }) => ({ service, port, requests, records }))).toEqual([
      { service: 'api', port: 4318, requests: 1, records: { traces: 2, logs: 0, metrics: 0 } },
      { service: 'unknown_service', port: 4317, requests: 1, records: { traces: 0, logs: 0, metrics: 1 } },
      { service: 'api', port: 4317, requests: 3, records: { traces: 4, logs: 0, metrics: 7 } },
      { service: 'db', port: 4317, requests: 1, records: { traces: 2, logs: 0, metrics: 0 } },
    ]);
  });

  it('tells the rate of the last ten seconds', () => {
    const doctor = new Doctor(() => nowMs);
    const rate = () => doctor.report([]).clients[0]?.recordsPerSecond;
    for (let second = 0; second < 10; second++) {
      doctor.noteExport(request, accepted, { facts: [spansOf('api', 20)] });
      nowMs += 1000;
    }
    expect(rate()).toBe(18);
    nowMs += 5000;
    expect(rate()).toBe(8);
    nowMs += 60_000;
    expect(rate()).toBe(0);
  });

  it('makes one finding of the same mistake, however often it is made', () => {
    const doctor = new Doctor(() => nowMs);
    const firstMs = nowMs;
    for (let times = 0; times < 5; times++) {
      doctor.noteMistake({ kind: 'wrong-path', port: 4318, userAgent: 'curl/8.1', detail: '/v1/trace' });
      nowMs += 1000;
    }
    expect(doctor.report([]).findings).toMatchObject([
      {
        kind: 'wrong-path',
        count: 5,
        client: 'curl/8.1',
        firstSeenUnixNano: `${firstMs}000000`,
        lastSeenUnixNano: `${nowMs - 1000}000000`,
      },
    ]);
  });

  it('says what could not be read and what was rejected, with the reason, and nothing of what is our own fault', () => {
    const doctor = new Doctor(() => nowMs);
    doctor.noteExport(request, { kind: 'bad-data', message: 'Not OTLP in protobuf: at byte 3, \u001b[2J.' }, { facts: [] });
    doctor.noteExport(request, { kind: 'accepted', rejected: 3, message: '3 spans rejected: no trace id' }, learnt('api'));
    doctor.noteExport(request, { kind: 'accepted', rejected: 1, message: '1 span rejected: no span id' }, learnt('api'));
    doctor.noteExport({ ...request, port: 1 }, { kind: 'unavailable', message: 'disk full' }, learnt('other'));
    const { clients, findings } = doctor.report([]);
    expect(findings).toMatchObject([
      { kind: 'bad-payload', message: expect.stringContaining('at byte 3, \\u001b[2J'), count: 1 },
      { kind: 'rejected-records', client: 'api', message: expect.stringContaining('no span id'), count: 4 },
    ]);
    expect(clients.map(({ port }) => port)).not.toContain(1);
    expect(clients[0]).toMatchObject({ service: 'api', rejectedRecords: 4 });
  });

  it('puts what keeps telemetry away before what could be better', () => {
    const doctor = new Doctor(() => nowMs);
    doctor.noteExport(request, accepted, learnt('unknown_service:node'));
    doctor.noteMistake({ kind: 'zipkin', port: 4318, userAgent: '', detail: '/api/v2/spans' });
    doctor.noteMistake({ kind: 'tls-on-plain-port', port: 4318, userAgent: '', detail: '' });
    expect(doctor.report([taken]).findings.map(({ kind }) => kind)).toEqual([
      'port-taken',
      'tls-on-plain-port',
      'zipkin',
      'no-service-name',
    ]);
  });

  it('drops a taken port once the receiver listens elsewhere', () => {
    const doctor = new Doctor(() => nowMs);
    doctor.report([taken]);
    expect(doctor.report([taken]).findings).toMatchObject([
      { message: 'Port 4317 is taken by java.', count: 1, fix: expect.stringContaining('4327') },
    ]);
    expect(doctor.report([free]).findings).toEqual([]);
  });

  it('sends to the receiver that listens while the other one does not', () => {
    const http: ReceiverStatus = { protocol: 'http', port: 4318, state: 'listening', url: 'http://localhost:4318', message: '' };
    const { findings } = new Doctor(() => nowMs).report([taken, http]);
    expect(findings).toMatchObject([
      { fix: expect.stringMatching(/^Send to port 4318/), setting: 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318' },
    ]);
  });

  it('has nothing to say of the habits of Sidelight itself', () => {
    const doctor = new Doctor(() => nowMs);
    for (const userAgent of ['sidelight-demo', 'sidelight-self-test']) {
      doctor.noteExport({ ...request, userAgent }, accepted, learnt('unknown_service'));
    }
    expect(doctor.report([])).toMatchObject({ clients: [{}, {}], findings: [] });
  });

  it('stays bounded and keeps what was seen last', () => {
    const doctor = new Doctor(() => nowMs);
    for (let index = 0; index < 1000; index++) {
      doctor.noteExport(request, accepted, learnt(`unknown_service:${index}`));
      doctor.noteMistake({ kind: 'wrong-path', port: 4318, userAgent: '', detail: `/${index}` });
    }
    const { clients, findings } = doctor.report([]);
    expect(clients).toHaveLength(100);
    expect(clients[0]?.service).toBe('unknown_service:999');
    expect(findings).toHaveLength(100);
    expect(findings.every(({ kind }) => kind === 'wrong-path')).toBe(true);
    expect(findings.at(-1)?.message).toContain('/999');
  });
});
