import type { Finding } from '#proto/bridge/doctor';
import type { Mistake, MistakeKind } from '#main/receive/mistake';
import { wrongPathWords } from './wrong-path-words.ts';

export type Words = Pick<Finding, 'severity' | 'message' | 'fix' | 'setting'>;

/** Each port takes OTLP in all of its protocols, so one address is right for every client. */
const endpoint = (port: number): string => `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:${port}`;

const errors: Finding['severity'] = 'error';

/** Every mistake that receivers report, in words for the person who made it, with what mends it. `client` is who did it. */
export const mistakeWords: Record<MistakeKind, (mistake: Mistake, client: string) => Words> = {
  'tls-on-plain-port': ({ port }, client) => ({
    severity: errors,
    message: `${client} sent TLS to port ${port}, which speaks plain text.`,
    fix: 'Use http:// instead of https:// in the endpoint. An endpoint without a scheme needs OTEL_EXPORTER_OTLP_INSECURE=true.',
    setting: `${endpoint(port)}\nOTEL_EXPORTER_OTLP_INSECURE=true`,
  }),
  'wrong-path': wrongPathWords,
  zipkin: ({ port }, client) => ({
    severity: errors,
    message: `${client} sent Zipkin's spans to port ${port}, which takes OTLP.`,
    fix: 'Let it export OTLP instead: replace the Zipkin exporter, in code or by these variables.',
    setting: `OTEL_TRACES_EXPORTER=otlp\n${endpoint(port)}`,
  }),
  'jaeger-thrift': ({ port }, client) => ({
    severity: errors,
    message: `${client} sent Jaeger's Thrift to port ${port}, which takes OTLP.`,
    fix: 'Let it export OTLP instead: Jaeger clients have been replaced by the OpenTelemetry SDKs, and their Jaeger exporter by these variables.',
    setting: `OTEL_TRACES_EXPORTER=otlp\n${endpoint(port)}`,
  }),
  'prometheus-remote-write': ({ port }, client) => ({
    severity: errors,
    message: `${client} sent a Prometheus remote write to port ${port}, which takes OTLP.`,
    fix: 'Take this address out of remote_write. A program that is to send its metrics here exports them with OTLP.',
    setting: `OTEL_METRICS_EXPORTER=otlp\n${endpoint(port)}`,
  }),
  'wrong-content-type': ({ port, detail }, client) => ({
    severity: errors,
    message: `${client} sent ${detail === '' ? 'a request without a content type' : `the content type "${detail}"`} to port ${port}.`,
    fix: 'OTLP over HTTP is application/x-protobuf or application/json. SDKs set it by their protocol.',
    setting: 'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
  }),
  'unsupported-compression': ({ port, detail }, client) => ({
    severity: errors,
    message: `${client} sent data compressed with "${detail}" to port ${port}, which cannot unpack it.`,
    fix: 'Compress with gzip, or not at all: on one machine it saves nothing.',
    setting: 'OTEL_EXPORTER_OTLP_COMPRESSION=none',
  }),
  'not-otlp': ({ port, detail }, client) => ({
    severity: errors,
    message: `${client} sent something to port ${port} that is not OTLP: "${detail}".`,
    fix: 'Another program has this port as its address, or the exporter is one of another protocol. OTLP comes over gRPC, or by POST over HTTP/1.1.',
    setting: endpoint(port),
  }),
  'foreign-host': ({ port, detail }, client) => ({
    severity: 'warning',
    message: `${client} asked port ${port} under the name "${detail}", which is not a name of this machine's loopback.`,
    fix: 'Send to localhost or 127.0.0.1; from a container to host.docker.internal. Other names are refused, because a web page could make them up.',
    setting: endpoint(port),
  }),
  'foreign-origin': ({ port, detail }, client) => ({
    severity: 'warning',
    message: `A web page of ${detail} tried to send to port ${port} (${client}).`,
    fix: 'Only pages on localhost may send telemetry. Open your page under http://localhost while you develop it.',
    setting: '',
  }),
  'token-missing': ({ port, detail }, client) => ({
    severity: errors,
    message: `${client} sent to port ${port} on an address beyond localhost with ${detail}.`,
    fix: 'Copy the token from the setup page (Docker Compose). On localhost none is needed.',
    setting: 'OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN',
  }),
  'too-large': ({ port, detail }, client) => ({
    severity: errors,
    message: `${client} sent more at once than port ${port} takes: ${detail}.`,
    fix: 'Send smaller batches.',
    setting: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE=256\nOTEL_BLRP_MAX_EXPORT_BATCH_SIZE=256',
  }),
};
