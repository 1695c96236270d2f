import { randomBytes } from 'node:crypto';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { buildTelemetry } from './build-telemetry.ts';
import { createScenario } from './scenario.ts';

/** Tells samples from the telemetry of services. */
export const sampleUserAgent = 'sidelight-demo';

const timeoutMs = 10_000;

/**
 * Sends the sample scenario over OTLP/HTTP to a receiver such as `http://localhost:4318`, as if it had ended a moment ago. Gives the trace ids, first to last; they are new
 * each time. Rejects with a message for people where not everything was accepted.
 */
export async function sendSamples(httpUrl: string): Promise<string[]> {
  const operation = randomBytes(3).toString('hex');
  const scenario = createScenario((index) => `op_${operation}_${index}`);
  const { traceIds, spans, logs } = buildTelemetry(scenario, BigInt(Date.now()) * 1_000_000n);
  const traceResponse = await post(httpUrl, '/v1/traces', ProtobufTraceSerializer.serializeRequest(spans));
  expectNothingRejected(ProtobufTraceSerializer.deserializeResponse(traceResponse).partialSuccess);
  const logResponse = await post(httpUrl, '/v1/logs', ProtobufLogsSerializer.serializeRequest(logs));
  expectNothingRejected(ProtobufLogsSerializer.deserializeResponse(logResponse).partialSuccess);
  return traceIds;
}

async function post(httpUrl: string, path: string, body: Uint8Array | undefined): Promise<Uint8Array> {
  const url = URL.parse(path, httpUrl);
  if (url === null) throw new Error(`"${httpUrl}" is not an address such as http://localhost:4318.`);
  const headers = { 'Content-Type': 'application/x-protobuf', 'User-Agent': sampleUserAgent };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: new Uint8Array(body ?? []),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Error(`Nothing that speaks OTLP/HTTP answers at ${url.origin}: is Sidelight running there?`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url.href} answered ${response.status} ${response.statusText}.`);
  return response.bytes();
}

function expectNothingRejected(partialSuccess: { errorMessage?: string } | undefined): void {
  if (partialSuccess !== undefined)
    throw new Error(`The samples were not accepted as they are: ${partialSuccess.errorMessage ?? 'no reason given'}`);
}
