import assert from 'node:assert/strict';
import { SpanKind, StatusCode } from '#proto/model/span';
import { handMadeParent } from '../hand-made-parent.ts';
import type { Stage } from '../participant.ts';
import { assertAttributes, assertDescent, spanOf, theLog, theSpan } from '../read-telemetry.ts';

interface Shop {
  shopUrl: string;
  stop: () => Promise<void>;
  services: { shop: string; stock: string };
}

/** Asks the shop for what works and what does not, ends it, and claims what must have arrived. */
export async function claimShop({ sidelight, claim }: Stage, { shopUrl, stop, services }: Shop): Promise<void> {
  const pointsBefore = (await sidelight.status()).received.metricPointsNotStored;
  const asked = { order: handMadeParent(), broken: handMadeParent(), ledger: handMadeParent() };
  const get = async (address: string, { headers }: { headers: Record<string, string> }): Promise<number> => {
    const response = await fetch(shopUrl + address, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  const answers = [await get('/orders/42', asked.order), await get('/broken', asked.broken), await get('/ledger', asked.ledger)];
  await stop();
  assert.deepEqual(answers, [200, 500, 502], 'the shop answered as it was asked to');

  const order = await sidelight.spans(asked.order.traceId);
  const broken = await sidelight.spans(asked.broken.traceId);
  const ledger = await sidelight.spans(asked.ledger.traceId);
  const shopLogs = await sidelight.logs(`service:${services.shop}`);
  const stockLogs = await sidelight.logs(`service:${services.stock}`);
  const databaseCall = { service: services.stock, name: 'pg.connect' };

  await claim('one trace through two processes, down to the database call, each span below the right one', () => {
    const server = theSpan(order, { service: services.shop, kind: SpanKind.server });
    assert.equal(server.parentSpanId, asked.order.spanId, 'the span of the hand-made traceparent is the parent');
    assertDescent(order, [
      server,
      theSpan(order, { service: services.shop, kind: SpanKind.client }),
      theSpan(order, { service: services.stock, kind: SpanKind.server }),
      theSpan(order, databaseCall),
    ]);
  });
  await claim('the refused connection is the error of the database span', () => {
    const call = theSpan(order, databaseCall);
    assert.equal(call.status.code, StatusCode.error);
    assert.match(`${call.status.message} ${JSON.stringify(call.events)}`, /ECONNREFUSED/);
  });
  await claim("express's exception becomes a 500: a server span with an error", () => {
    const server = theSpan(broken, { service: services.shop, kind: SpanKind.server });
    assert.equal(server.status.code, StatusCode.error);
    assertAttributes(server, { 'http.response.status_code': '500' });
  });
  await claim('a fetch where nothing listens: a client span with the exception', () => {
    const call = theSpan(ledger, { service: services.shop, kind: SpanKind.client });
    assert.equal(call.status.code, StatusCode.error);
    assert.match(JSON.stringify(call.events), /ECONNREFUSED/);
  });
  await claim("pino's record, with its fields, in a span of the request", () => {
    const log = theLog(shopLogs, 'order requested');
    assertDescent(order, [theSpan(order, { service: services.shop, kind: SpanKind.server }), spanOf(log, order)]);
    assertAttributes(log, { orderId: '42', items: '3' });
    assert.equal(log.severityNumber, 9);
  });
  await claim("winston's record, with its fields, in the trace of the other process", () => {
    const log = theLog(stockLogs, 'the database does not answer');
    assertDescent(order, [theSpan(order, { service: services.stock, kind: SpanKind.server }), spanOf(log, order)]);
    assertAttributes(log, { orderId: '42', code: 'ECONNREFUSED' });
    assert.equal(log.severityNumber, 13);
  });
  await claim('resource attributes', () => {
    for (const span of order)
      assertAttributes(span.resource, {
        'service.version': '2.4.0',
        'deployment.environment.name': 'desk',
        'telemetry.sdk.language': 'nodejs',
        'process.pid': /^\d+$/,
      });
  });
  await claim('metrics are accepted', async () => {
    assert.ok((await sidelight.status()).received.metricPointsNotStored > pointsBefore);
  });
}
