import { SpanKind } from '@opentelemetry/api';
import type { EventPlan, PlainAttributes, ServiceName, SpanPlan } from './plan.ts';
import { services } from './services.ts';

/** Spans as Python's automatic instrumentations make them today: the old attribute names, and ASGI's spans for each message of a response. */

type Timing = Pick<SpanPlan, 'startMs' | 'durationMs'>;

/** What a span may have besides what its instrumentation says. */
type Extras = Pick<SpanPlan, 'children' | 'logs' | 'events' | 'error' | 'label' | 'linksTo'> & { attributes?: PlainAttributes };

interface HttpExchange {
  service: ServiceName;
  method: string;
  path: string;
}

/** Milliseconds after the start of the parent, and how long it took. */
export function at(startMs: number, durationMs: number): Timing {
  return { startMs, durationMs };
}

/** FastAPI's span for a request, with the two `http send` spans of its response. */
export function fastApiRequest(request: HttpExchange & { route: string; status: number }, timing: Timing, extras: Extras = {}): SpanPlan {
  const { service, method, path, route, status } = request;
  const { port } = services[service];
  const name = `${method} ${route}`;
  return {
    ...timing,
    ...extras,
    ...(status >= 500 ? { error: extras.error ?? '' } : {}),
    service,
    scope: 'opentelemetry.instrumentation.fastapi',
    name,
    kind: SpanKind.SERVER,
    attributes: {
      'http.scheme': 'http',
      'http.host': `127.0.0.1:${port}`,
      'net.host.port': port,
      'http.flavor': '1.1',
      'http.target': path.split('?', 1)[0] ?? path,
      'http.url': `http://localhost:${port}${path}`,
      'http.method': method,
      'http.server_name': `localhost:${port}`,
      'http.user_agent': 'python-httpx/0.28.1',
      'net.peer.ip': '127.0.0.1',
      'net.peer.port': 52_144,
      'http.route': route,
      'http.status_code': status,
      ...extras.attributes,
    },
    children: [
      ...(extras.children ?? []),
      asgiSend(service, name, timing.durationMs - 0.6, { 'asgi.event.type': 'http.response.start', 'http.status_code': status }),
      asgiSend(service, name, timing.durationMs - 0.3, { 'asgi.event.type': 'http.response.body' }),
    ],
  };
}

function asgiSend(service: ServiceName, requestName: string, startMs: number, attributes: PlainAttributes): SpanPlan {
  const name = `${requestName} http send`;
  return { ...at(startMs, 0.06), service, scope: 'opentelemetry.instrumentation.asgi', name, kind: SpanKind.INTERNAL, attributes };
}

/** httpx's span for a call to another of our services; `status` is missing where no answer came. */
export function httpxCall(call: HttpExchange & { to: ServiceName; status?: number }, timing: Timing, extras: Extras = {}): SpanPlan {
  const { service, to, method, path, status } = call;
  return {
    ...timing,
    ...extras,
    ...(status !== undefined && status >= 400 ? { error: extras.error ?? '' } : {}),
    service,
    scope: 'opentelemetry.instrumentation.httpx',
    name: method,
    kind: SpanKind.CLIENT,
    attributes: {
      'http.method': method,
      'http.url': `http://localhost:${services[to].port}${path}`,
      ...(status === undefined ? {} : { 'http.status_code': status }),
      ...extras.attributes,
    },
  };
}

/** asyncpg's span for a statement. */
export function postgresQuery({ service, statement }: { service: ServiceName; statement: string }, timing: Timing): SpanPlan {
  return {
    ...timing,
    service,
    scope: 'opentelemetry.instrumentation.asyncpg',
    name: statement.split(' ', 1)[0] ?? statement,
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system': 'postgresql',
      'db.name': 'ktrdr',
      'db.user': 'ktrdr',
      'net.peer.name': 'localhost',
      'net.peer.port': 5432,
      'net.transport': 'ip_tcp',
      'db.statement': statement,
    },
  };
}

/** A span that the service's own code starts. */
export function ownSpan(span: { service: ServiceName; scope: string; name: string }, timing: Timing, extras: Extras = {}): SpanPlan {
  return { attributes: {}, ...timing, ...extras, ...span, kind: SpanKind.INTERNAL };
}

export interface PythonError {
  /** With its module. */
  type: string;
  message: string;
  stackTrace: string;
}

/** The event that `record_exception` adds. */
export function exceptionEvent(error: PythonError, atMs: number): EventPlan {
  return { name: 'exception', atMs, attributes: { ...exceptionAttributes(error), 'exception.escaped': 'False' } };
}

/** On the logs of `logger.exception`. */
export function exceptionAttributes({ type, message, stackTrace }: PythonError): PlainAttributes {
  return { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stackTrace };
}

/** Python's SDK describes the status of a span that an exception ended like this. */
export function statusOf({ type, message }: PythonError): string {
  return `${type.split('.').at(-1) ?? type}: ${message}`;
}
