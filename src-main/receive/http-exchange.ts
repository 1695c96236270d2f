import type { IncomingMessage, ServerResponse } from 'node:http';
import { reserve } from './byte-budget.ts';
import { allowOrigin, allowRequest } from './cors.ts';
import { badData, unavailable } from './failure.ts';
import { readBody } from './http-body.ts';
import { sendFailure, sendNoContent, sendSuccess } from './http-response.ts';
import { allowedMethods, encodingOf, type Route, routeOf } from './http-route.ts';
import type { ReceiverOptions } from './interface.ts';
import { exportResponse } from './responses.ts';
import { submit } from './submit.ts';

/** Answers one HTTP request, whatever it is. */
export async function answerHttp(request: IncomingMessage, response: ServerResponse, options: ReceiverOptions): Promise<void> {
  allowOrigin(request, response);
  const route = routeOf(request);
  if (route.kind === 'export') return answerExport(request, response, route, options);
  if (route.kind === 'preflight') {
    allowRequest(request, response);
    return sendNoContent(request, response);
  }
  if (route.failure.httpStatus === 405) response.setHeader('Allow', allowedMethods);
  return sendFailure(request, response, encodingOf(request.headers['content-type']), route.failure);
}

async function answerExport(
  request: IncomingMessage,
  response: ServerResponse,
  { signal, encoding }: Extract<Route, { kind: 'export' }>,
  options: ReceiverOptions,
): Promise<void> {
  const reservation = reserve(options.budget);
  try {
    const payload = await readBody(request, options.maxPayloadBytes, reservation);
    if (!(payload instanceof Uint8Array)) return sendFailure(request, response, encoding, payload);
    const userAgent = request.headers['user-agent'] ?? '';
    const outcome = await submit(options.ingest, { signal, encoding, payload, protocol: 'http', userAgent });
    if (outcome.kind === 'bad-data') return sendFailure(request, response, encoding, badData(outcome.message));
    if (outcome.kind === 'unavailable') return sendFailure(request, response, encoding, unavailable(outcome.message));
    return sendSuccess(request, response, encoding, exportResponse(encoding, signal, outcome.rejected, outcome.message));
  } finally {
    reservation.release();
  }
}
