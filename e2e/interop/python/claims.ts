import assert from 'node:assert/strict';
import { SpanKind, StatusCode } from '#proto/model/span';
import { handMadeParent } from '../hand-made-parent.ts';
import type { Stage } from '../participant.ts';
import { assertAttributes, assertChain, assertWithin, attribute, bodyOf, serviceOf, theLog, theSpan } from '../read-telemetry.ts';
import type { Desk, Role } from './desk.ts';

/** Asks the desk for what works and what does not, ends it, and claims what must have arrived. */
export async function claimDesk({ sidelight, claim }: Stage, desk: Desk, service: (role: Role) => string): Promise<void> {
  const pointsBefore = (await sidelight.status()).received.metricPointsNotStored;
  const asked = { quote: handMadeParent(), failure: handMadeParent(), ledger: handMadeParent() };
  const get = async (address: string, { headers }: { headers: Record<string, string> }): Promise<number> => {
    const response = await fetch(desk.apiUrl + address, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  const answers = [
    await get('/quotes/AAPL', asked.quote),
    await get('/strategies/martingale', asked.failure),
    await get('/positions', asked.ledger),
  ];
  await desk.stop();
  assert.deepEqual(answers, [200, 500, 502], 'the desk answered as it was asked to');

  const quote = await sidelight.spans(asked.quote.traceId);
  const failure = await sidelight.spans(asked.failure.traceId);
  const ledger = await sidelight.spans(asked.ledger.traceId);
  const logs = (
    await Promise.all((['api', 'ib-host', 'training-host'] as const).map((role) => sidelight.logs(`service:${service(role)}`)))
  ).flat();
  const lookup = { name: 'place quote', service: service('api') };

  await claim('one trace through three processes, each span under the right parent', () => {
    const server = theSpan(quote, { service: service('api'), kind: SpanKind.server });
    assert.equal(server.parentSpanId, asked.quote.spanId, 'the span of the hand-made traceparent is the parent');
    assertChain([
      server,
      theSpan(quote, lookup),
      theSpan(quote, { service: service('api'), kind: SpanKind.client }),
      theSpan(quote, { service: service('ib-host'), kind: SpanKind.server }),
      theSpan(quote, { name: 'qualify contract', service: service('ib-host') }),
      theSpan(quote, { service: service('ib-host'), kind: SpanKind.client }),
      theSpan(quote, { service: service('training-host'), kind: SpanKind.server }),
    ]);
  });
  await claim('attributes of custom spans, and an event with its attributes', () => {
    assertAttributes(theSpan(quote, lookup), { 'operation.id': 'op-AAPL-1', symbol: 'AAPL', strategy: 'momentum' });
    const qualify = theSpan(quote, { name: 'qualify contract' });
    const [event] = qualify.events;
    assert.ok(event !== undefined && event.name === 'contract qualified');
    assertAttributes(event, { exchange: 'SMART', 'con.id': '265598' });
  });
  await claim('a trace is found by a custom attribute', async () => {
    assert.ok((await sidelight.traceIds(`service:${service('api')} operation.id=op-AAPL-1`)).includes(asked.quote.traceId));
  });
  await claim('an exception that becomes a 500: type, message, stack trace, status', () => {
    const failed = theSpan(failure, { service: service('training-host'), kind: SpanKind.server });
    assert.equal(failed.status.code, StatusCode.error);
    const [event] = failed.events.filter(({ name }) => name === 'exception');
    assert.ok(event !== undefined, 'there is an exception event');
    assertAttributes(event, {
      'exception.type': /ValueError$/,
      'exception.message': 'no such strategy: martingale',
      'exception.stacktrace': /service\.py/,
    });
  });
  await claim('the 500 is an error of every service above it', () => {
    for (const role of ['api', 'ib-host'] as const)
      assert.equal(theSpan(failure, { service: service(role), kind: SpanKind.server }).status.code, StatusCode.error, role);
  });
  await claim('a call to a port where nothing listens: a client span with the error', () => {
    const call = theSpan(ledger, { service: service('api'), kind: SpanKind.client });
    assert.equal(call.status.code, StatusCode.error);
    assert.match(`${call.status.message} ${JSON.stringify(call.events)} ${attribute(call, 'error.type')}`, /ConnectError/);
  });
  await claim('a log record with extra fields, in the span that was current', () => {
    const log = theLog(logs, 'quote requested');
    assertWithin(log, theSpan(quote, lookup));
    assertAttributes(log, { symbol: 'AAPL', operation_id: 'op-AAPL-1', attempt: '1' });
    assert.equal(log.severityText, 'INFO');
  });
  await claim('log records of another process belong to the same trace', () => {
    assert.equal(theLog(logs, 'model loaded: momentum').contextTraceId, asked.quote.traceId);
    assert.equal(theLog(logs, 'model loaded: martingale').contextTraceId, asked.failure.traceId);
  });
  await claim('log.exception carries the exception', () => {
    const log = logs.find((candidate) => bodyOf(candidate) === 'the ledger does not answer');
    assert.ok(log !== undefined);
    assertAttributes(log, { 'exception.type': 'ConnectError', 'exception.stacktrace': /Traceback/ });
  });
  await claim('resource attributes', () => {
    for (const span of quote)
      assertAttributes(span.resource, {
        'service.version': '2.4.0',
        'deployment.environment.name': 'desk',
        'telemetry.sdk.language': 'python',
      });
    assert.deepEqual(new Set(quote.map(serviceOf)), new Set([service('api'), service('ib-host'), service('training-host')]));
  });
  await claim('metrics are accepted', async () => {
    assert.ok((await sidelight.status()).received.metricPointsNotStored > pointsBefore);
  });
}
