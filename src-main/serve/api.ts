import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import { answer, answerError } from './answer.ts';
import { openApiDocument } from './open-api.ts';
import { reporting, type Report } from './report.ts';
import type { BridgeRouter } from './router.ts';

const maxBodyBytes = 1024 * 1024;
const methods = 'GET, HEAD, POST, OPTIONS';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `/api`: the contract as plain HTTP with JSON, for programs. The guard has let the request through. */
export function createApi(router: BridgeRouter, exportTraces: RequestHandler, report: Report): RequestHandler {
  const handler = new OpenAPIHandler(router, {
    clientInterceptors: [reporting(report)],
    plugins: [new BodyLimitPlugin({ maxBodySize: maxBodyBytes })],
  });

  return async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    const [path] = (request.url ?? '').split('?', 1);
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: methods }).end();
      return;
    }
    if (!isJsonOrEmpty(request)) {
      answerError(response, 415, 'Send JSON: Content-Type: application/json.');
      return;
    }
    if (request.method === 'HEAD') {
      // Node leaves the body of an answer to HEAD out by itself. A stream would never end, and has nothing to say without its body.
      if (path === '/api/changes') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
        return;
      }
      request.method = 'GET';
    }
    if (path === '/api/openapi.json' && request.method === 'GET') {
      answer(response, 200, 'application/json', JSON.stringify(await openApiDocument(`http://${request.headers.host}/api`)));
      return;
    }
    if (path === '/api/traces/export' && request.method === 'GET') {
      await exportTraces(request, response);
      return;
    }
    request.url = withoutEmptyParameters(request.url ?? '');
    const { matched } = await handler.handle(request, response, { prefix: '/api', context: {} });
    if (!matched) answerError(response, 404, 'There is no such address here. /api/openapi.json lists what there is.');
  };
}

/** Plain text and forms can be sent by any web page without asking first; JSON cannot. */
function isJsonOrEmpty({ headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return !hasBody || /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/** `?traceId=&limit=` asks for nothing in particular: programs that fill in a template leave such parameters, and mean that they are not set. */
function withoutEmptyParameters(url: string): string {
  const [path = '', query] = url.split('?', 2);
  const given = query?.split('&').filter((parameter) => /=./.test(parameter)) ?? [];
  return given.length === 0 ? path : `${path}?${given.join('&')}`;
}
