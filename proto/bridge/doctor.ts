import { z } from 'zod';
import { UnixNano } from '../model/time.ts';

/** What Sidelight has seen of whoever sends to it: the answer to "nothing arrives". */

export const WireProtocol = z.enum(['grpc', 'http/protobuf', 'http/json']);
export type WireProtocol = z.infer<typeof WireProtocol>;

/** A client that has sent at least one export request: told apart by user agent, service, protocol and port. */
export const ClientReport = z.object({
  id: z.string(),
  /** As sent, cut to 256 characters: `OTel-OTLP-Exporter-Python/1.45.0`. Empty where none was sent. */
  userAgent: z.string(),
  protocol: WireProtocol,
  port: z.int(),
  /** `service.name` of what it sends; empty where its resource has none. */
  service: z.string(),
  /** Records accepted since the start, by signal. */
  records: z.object({ traces: z.int(), logs: z.int(), metrics: z.int() }),
  requests: z.int(),
  rejectedRecords: z.int(),
  /** Over the last ten seconds. */
  recordsPerSecond: z.number(),
  firstSeenUnixNano: UnixNano,
  lastSeenUnixNano: UnixNano,
});
export type ClientReport = z.infer<typeof ClientReport>;

/** Every kind of finding, most urgent first. */
export const findingKinds = [
  'port-taken',
  'tls-on-plain-port',
  'wrong-path',
  'zipkin',
  'jaeger-thrift',
  'prometheus-remote-write',
  'wrong-content-type',
  'unsupported-compression',
  'not-otlp',
  'foreign-host',
  'foreign-origin',
  'token-missing',
  'too-large',
  'bad-payload',
  'rejected-records',
  'clock-off',
  'no-service-name',
  'logs-without-trace-context',
  'single-signal',
  'slow-batches',
] as const;

/** One thing that is wrong or could be better, in plain words, with what mends it. Repeated sightings are one finding with a count. */
export const Finding = z.object({
  id: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(['error', 'warning', 'advice']),
  /** What was seen: "A client sent TLS to port 4317, which speaks plain text." */
  message: z.string(),
  /** What to do about it: "Use http:// instead of https://, or set OTEL_EXPORTER_OTLP_INSECURE=true." */
  fix: z.string(),
  /** Environment variables to paste, `NAME=value`, one a line; empty where no variable mends it. */
  setting: z.string(),
  /** Who did it, as far as it is known: a user agent, a service. */
  client: z.string(),
  count: z.int(),
  firstSeenUnixNano: UnixNano,
  lastSeenUnixNano: UnixNano,
});
export type Finding = z.infer<typeof Finding>;

/** Bounded: at most 100 clients and 100 findings, least recently seen dropped first. */
export const DoctorReport = z.object({ clients: z.array(ClientReport), findings: z.array(Finding) });
export type DoctorReport = z.infer<typeof DoctorReport>;

/** What became of one span that Sidelight sent to itself through its own ports, step by step. Its service is `sidelight-self-test`. */
export const SelfTestReport = z.object({
  steps: z.array(
    z.object({
      /** "Send over HTTP" */
      name: z.string(),
      ok: z.boolean(),
      /** What happened, in plain words, and where it failed what to do. */
      message: z.string(),
    }),
  ),
  /** The trace that has arrived; absent where none has. */
  traceId: z.string().optional(),
});
export type SelfTestReport = z.infer<typeof SelfTestReport>;

/** `service.name` of the self-test's span. */
export const selfTestService = 'sidelight-self-test';
