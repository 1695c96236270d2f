import { parentPort, workerData } from 'node:worker_threads';
import { traceRequestType } from '../workload/protobuf-types.ts';

/** Answers a trace id with an object for each of its spans, as protobufjs makes them, in order of start. */

interface Span {
  traceId: string;
  startTimeUnixNano: string;
}

interface Request {
  resourceSpans: { resource: unknown; scopeSpans: { scope: unknown; spans: Span[] }[] }[];
}

const exports = workerData as Uint8Array[];

parentPort?.on('message', (traceId: string) => {
  const wanted = Buffer.from(traceId, 'hex').toString('base64');
  const spans = exports.flatMap((payload) => {
    const request = traceRequestType.toObject(traceRequestType.decode(payload), { longs: String, bytes: String }) as Request;
    return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans: inScope }) =>
        inScope.filter((span) => span.traceId === wanted).map((span) => ({ ...span, resource, scope })),
      ),
    );
  });
  parentPort?.postMessage(spans.toSorted((a, b) => a.startTimeUnixNano.localeCompare(b.startTimeUnixNano)));
});
