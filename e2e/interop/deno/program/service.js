// oxlint-disable no-console -- Deno exports the console's lines as log records
/**
 * A server and its client on Deno's own `serve` and `fetch`, which Deno traces by itself, and one span made through the API. Its argument is an address where nothing listens.
 * Prints the trace id and ends.
 */
import { SpanStatusCode, trace } from '@opentelemetry/api';

const [closedUrl] = Deno.args;
const attributes = { 'operation.id': 'op-deno-1', symbol: 'AAPL', strategy: 'momentum' };

function prices() {
  console.warn('the price is late');
  return new Response('187.25');
}

async function ledger() {
  try {
    return await fetch(`${closedUrl}/ledger`);
  } catch (error) {
    console.error('the ledger does not answer:', error.message);
    return new Response('failed', { status: 502 });
  }
}

const server = Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: () => undefined }, (request) =>
  new URL(request.url).pathname === '/prices' ? prices() : ledger(),
);
const serverUrl = `http://127.0.0.1:${server.addr.port}`;

const traceId = await trace.getTracer('desk', '2.4.0').startActiveSpan('place quote', { attributes }, async (span) => {
  console.log('quote requested');
  for (const path of ['/prices', '/ledger']) await (await fetch(serverUrl + path)).text();
  span.recordException(new RangeError('no such strategy: martingale'));
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no such strategy: martingale' });
  span.end();
  return span.spanContext().traceId;
});
await server.shutdown();
console.log(`exported ${traceId}`);
