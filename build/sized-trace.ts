import { createHash } from 'node:crypto';

/** A trace of any size that looks like work: a nightly job that checks out carts one after another, each through three services with their queries, calls and now and then a failure. */

interface Span {
  service: string;
  name: string;
  kind: number;
  startNs: bigint;
  endNs: bigint;
  parent: Span | undefined;
  attributes: object[];
  failure?: string;
}

const spansPerRequest = 2000;
const beginNs = BigInt(Date.parse('2026-11-20T09:30:00Z')) * 1_000_000n;
const kind = { internal: 1, server: 2, client: 3 } as const;
const failEvery = 37;

/** OTLP/JSON `TracesData`, as many as it takes. */
export function sizedTrace(size: number): { traceId: string; requests: object[] } {
  const traceId = hex(`trace of ${size}`, 32);
  const spans = spansOf(size);
  const places = new Map(spans.map((one, place) => [one, place]));
  const idOf = (one: Span): string => hex(`${traceId} ${places.get(one)}`, 16);
  const requests: object[] = [];
  for (let from = 0; from < spans.length; from += spansPerRequest) {
    const byService = Map.groupBy(spans.slice(from, from + spansPerRequest), ({ service }) => service);
    requests.push({ resourceSpans: [...byService].map(([service, of]) => resourceSpans(traceId, service, of, idOf)) });
  }
  return { traceId, requests };
}

function spansOf(size: number): Span[] {
  const job: Span = span(['scheduler', 'nightly-checkout', kind.internal], beginNs, undefined);
  const spans = [job];
  let now = beginNs + ms(2);
  for (let cart = 0; spans.length < size; cart++) {
    const cartSpans = checkout(job, cart, now);
    spans.push(...cartSpans.slice(0, size - spans.length));
    now = (cartSpans[0]?.endNs ?? now) + ms(1);
  }
  job.endNs = spans.reduce((latest, { endNs }) => (endNs > latest ? endNs : latest), beginNs) + ms(3);
  return spans;
}

function checkout(job: Span, cart: number, startNs: bigint): Span[] {
  const call = span(['scheduler', 'POST', kind.client], startNs, job, [
    text('http.request.method', 'POST'),
    text('url.full', `http://shop.local:8000/carts/${cart}/checkout`),
  ]);
  const server = span(['shop', 'POST /carts/{id}/checkout', kind.server], startNs + us(400), call, [
    text('http.route', '/carts/{id}/checkout'),
  ]);
  const spans = [call, server];
  let now = server.startNs + us(700);
  for (let item = 0; item < 3 + (cart % 6); item++) {
    const query = span(['shop', 'SELECT items', kind.client], now, server, [
      text('db.system.name', 'postgresql'),
      text('db.query.text', 'SELECT sku, price, stock FROM items WHERE sku = $1 FOR UPDATE'),
    ]);
    query.endNs = now + us(900 + ((cart * 31 + item * 7) % 23) * 110);
    now = query.endNs + us(120);
    spans.push(query);
  }
  const charge = span(['shop', 'POST', kind.client], now, server, [text('url.full', 'http://payments.local:5001/charges')]);
  const payments = span(['payments', 'POST /charges', kind.server], now + us(500), charge, [text('http.route', '/charges')]);
  const card = span(['payments', 'card.authorise', kind.internal], now + us(900), payments, [
    text('card.brand', cart % 3 === 0 ? 'visa' : 'amex'),
  ]);
  card.endNs = card.startNs + ms(4 + (cart % 11));
  payments.endNs = card.endNs + us(300);
  charge.endNs = payments.endNs + us(450);
  server.endNs = charge.endNs + us(800);
  call.endNs = server.endNs + us(350);
  spans.push(charge, payments, card);
  if (cart % failEvery === failEvery - 1) for (const failed of [card, payments, charge, server, call]) failed.failure = 'card was declined';
  return spans;
}

/** `what`: its service, name and kind. */
function span(what: readonly [string, string, number], startNs: bigint, parent: Span | undefined, attributes: object[] = []): Span {
  const [service, name, spanKind] = what;
  return { service, name, kind: spanKind, startNs, endNs: startNs, parent, attributes };
}

function resourceSpans(traceId: string, service: string, of: readonly Span[], idOf: (one: Span) => string): object {
  const spans = of.map((one) => ({
    traceId,
    spanId: idOf(one),
    ...(one.parent === undefined ? {} : { parentSpanId: idOf(one.parent) }),
    name: one.name,
    kind: one.kind,
    startTimeUnixNano: String(one.startNs),
    endTimeUnixNano: String(one.endNs),
    attributes: one.attributes,
    ...(one.failure === undefined ? {} : { status: { code: 2, message: one.failure } }),
    ...(one.failure !== undefined && one.name === 'card.authorise' ? { events: [exception(one)] } : {}),
  }));
  return { resource: { attributes: [text('service.name', service)] }, scopeSpans: [{ scope: { name: 'sized-trace' }, spans }] };
}

const exception = ({ endNs, failure = '' }: Span): object => ({
  name: 'exception',
  timeUnixNano: String(endNs),
  attributes: [text('exception.type', 'CardDeclined'), text('exception.message', failure)],
});

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const hex = (seed: string, digits: number): string => createHash('sha256').update(seed).digest('hex').slice(0, digits);
const ms = (value: number): bigint => BigInt(value) * 1_000_000n;
const us = (value: number): bigint => BigInt(value) * 1000n;
