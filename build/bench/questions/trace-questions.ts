import { fullExports, spanKey, tenantOf, userOf, type SpanPlace } from '../workload/span-shape.ts';
import { orderId, SpanWorkload } from '../workload/span-workload.ts';

/** A kind of query, and one of it for each time that it is asked: asking the same again would find everything in caches. */
export interface Question {
  kind: string;
  query: (turn: number) => string;
}

/** The kinds of `docs/query-language.md`, selective and not, for a store of `exports` exports of the workload. */
export function traceQuestions(exports: number): readonly Question[] {
  const workload = new SpanWorkload();
  /** Some span of the store, far from the newest. */
  const spanAt = (turn: number): SpanPlace => {
    const number = Math.trunc((exports * (((turn + 1) * 0.37) % 1)) / 2);
    return workload.placeOf(number, (turn * 97) % fullExports.spansPerExport);
  };
  const service = (turn: number): string => `service:service-${turn % 10}`;
  const tenant = (turn: number): string => `tenant.id=tenant-${decimal(tenantOf(spanKey(spanAt(turn))), 3)}`;
  const user = (turn: number): string => `user.id=user-${decimal(userOf(spanKey(spanAt(turn))), 5)}`;
  return [
    { kind: 'newest of a service', query: service },
    { kind: 'service and error', query: (turn) => `${service(turn)} status:error` },
    { kind: 'service and duration > 500 ms', query: (turn) => `${service(turn)} duration>500ms` },
    { kind: 'service and a duration that none has', query: (turn) => `${service(turn)} duration>3500ms` },
    { kind: 'service and method', query: (turn) => `${service(turn)} http.request.method=GET` },
    { kind: 'service and user', query: (turn) => `${service(turn)} ${user(turn)}` },
    { kind: 'user', query: user },
    { kind: 'an id that one span has', query: (turn) => `order.id=${orderId(spanKey(spanAt(turn)))}` },
    { kind: 'an attribute that none has', query: (turn) => `no.such.key=value-${turn}` },
    { kind: 'service, error, duration, attribute', query: (turn) => `${service(turn)} status:error duration>500ms ${tenant(turn)}` },
    { kind: 'rare attribute and duration > 1 s', query: () => 'http.response.status_code=503 duration>1s' },
    { kind: 'number comparison', query: (turn) => `cart.value>${495 + (turn % 4)}` },
    { kind: 'number comparison and error', query: (turn) => `${service(turn)} cart.value>=499 status:error` },
    { kind: 'existence', query: () => 'exception.type=*' },
    { kind: 'word', query: (turn) => `warehouse${turn === 0 ? '' : ` ${turn * 4}`}` },
    { kind: 'an id that one span has, as a word', query: (turn) => orderId(spanKey(spanAt(turn))) },
    { kind: 'phrase', query: (turn) => `"in warehouse ${(turn * 3) % 200}"` },
    { kind: 'name that begins so', query: () => 'name:GET*' },
    { kind: 'attribute that begins so', query: (turn) => `${user(turn)}*` },
    { kind: 'regular expression with a word in it', query: (turn) => `user.id~"^${user(turn).slice('user.id='.length)}$"` },
    { kind: 'either of two, but not a third', query: (turn) => `(${user(turn)} OR ${user(turn + 1)}) NOT http.request.method=GET` },
  ];
}

function decimal(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
