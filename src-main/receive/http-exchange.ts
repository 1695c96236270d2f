import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Encoding } from '#proto/model/batch';
import { reserve } from './byte-budget.ts';
import { allowOrigin, allowRequest } from './cors.ts';
import { badData, type Failure, unavailable } from './failure.ts';
import { readBody } from './http-body.ts';
import { sendFailure, sendNoContent, sendSuccess } from './http-response.ts';
import { allowedMethods, encodingOf, type Route, routeOf } from './http-route.ts';
import type { PortContext } from './port-context.ts';
import { exportResponse } from './responses.ts';
import { submit } from './submit.ts';

const wireProtocols = { protobuf: 'http/protobuf', json: 'http/json' } as const satisfies Record<Encoding, string>;

/** Answers one HTTP request, whatever it is. */
export async function answerHttp(request: IncomingMessage, response: ServerResponse, context: PortContext): Promise<void> {
  allowOrigin(request, response);
  const route = routeOf(request, context.token);
  if (route.kind === 'export') return answerExport(request, response, route, context);
  if (route.kind === 'preflight') {
    allowRequest(request, response);
    return sendNoContent(request, response);
  }
  const { failure } = route;
  if (failure.httpStatus === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (failure.httpStatus === 405) response.setHeader('Allow', allowedMethods);
  if (failure.mistake !== undefined) context.report(failure.mistake, userAgentOf(request));
  return sendFailure(request, response, encodingOf(request.headers['content-type']), failure);
}

async function answerExport(
  request: IncomingMessage,
  response: ServerResponse,
  { signal, encoding }: Extract<Route, { kind: 'export' }>,
  context: PortContext,
): Promise<void> {
  const userAgent = userAgentOf(request);
  const fail = (failure: Failure): void => {
    if (failure.mistake !== undefined) context.report(failure.mistake, userAgent);
    sendFailure(request, response, encoding, failure);
  };
  const reservation = reserve(context.budget);
  try {
    const payload = await readBody(request, context.maxPayloadBytes, reservation);
    if (!(payload instanceof Uint8Array)) return fail(payload);
    const outcome = await submit(context, { signal, encoding, payload, protocol: wireProtocols[encoding], userAgent });
    if (outcome.kind === 'bad-data') return fail(badData(outcome.message));
    if (outcome.kind === 'unavailable') return fail(unavailable(outcome.message));
    return sendSuccess(request, response, encoding, exportResponse(encoding, signal, outcome.rejected, outcome.message));
  } finally {
    reservation.release();
  }
}

function userAgentOf({ headers }: IncomingMessage): string {
  return headers['user-agent'] ?? '';
}
