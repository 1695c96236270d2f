import { connectError } from '../python-errors.ts';
import { at, exceptionAttributes, exceptionEvent, fastApiRequest, httpxCall, ownSpan, postgresQuery, statusOf } from '../python-spans.ts';
import type { SpanPlan } from '../plan.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const insertQuote = 'INSERT INTO quotes (symbol, bid, ask, received_at) VALUES ($1, $2, $3, $4)';
const quoteLogger = 'ktrdr.api.quotes';

/** The API asks the broker, keeps what it heard, answers: nothing wrong. */
export function quoteServed(symbol: string, bid: number, operationId: string): SpanPlan {
  const marketData = ownSpan({ service: 'ib-host-service', scope: 'ib_host.gateway', name: 'ib.request_market_data' }, at(3.1, 29), {
    attributes: { symbol, 'ib.client_id': 7, 'ib.exchange': 'SMART' },
    events: [{ name: 'tick received', atMs: 27.4, attributes: { 'tick.bid': bid, 'tick.ask': bid + 0.02 } }],
    logs: [
      { atMs: 1, severity: 'DEBUG', scope: 'ib_host.gateway', body: `reqMktData ${symbol} SMART snapshot=True`, correlation: 'attributes' },
    ],
  });
  const broker = fastApiRequest(
    { service: 'ib-host-service', method: 'GET', path: `/data/quote?symbol=${symbol}`, route: '/data/quote', status: 200 },
    at(1.4, 35),
    { children: [marketData] },
  );
  return fastApiRequest(
    { service: 'ktrdr-api', method: 'GET', path: `/api/v1/quotes/${symbol}`, route: '/api/v1/quotes/{symbol}', status: 200 },
    at(0, 84),
    {
      attributes: { 'http.user_agent': browser, 'operation.id': operationId, symbol },
      logs: [
        { atMs: 1.2, severity: 'DEBUG', scope: quoteLogger, body: `Quote for ${symbol} is not cached`, correlation: 'both' },
        {
          atMs: 82.5,
          severity: 'INFO',
          scope: quoteLogger,
          correlation: 'both',
          body: {
            event: 'quote_served',
            symbol,
            bid,
            ask: bid + 0.02,
            cached: false,
            source: { host: 'ib-host-service', latency_ms: 38.4 },
          },
        },
      ],
      children: [
        postgresQuery({ service: 'ktrdr-api', statement: 'SELECT id, symbol, exchange FROM instruments WHERE symbol = $1' }, at(2.2, 3.4)),
        httpxCall(
          { service: 'ktrdr-api', to: 'ib-host-service', method: 'GET', path: `/data/quote?symbol=${symbol}`, status: 200 },
          at(7.5, 38.4),
          { children: [broker] },
        ),
        postgresQuery({ service: 'ktrdr-api', statement: insertQuote }, at(49, 6.1)),
      ],
    },
  );
}

/** The broker service is not running: its port refuses, no server span exists, the API answers 502. */
export function brokerRefused(symbol: string, operationId: string): SpanPlan {
  const path = `/data/quote?symbol=${symbol}`;
  return fastApiRequest(
    { service: 'ktrdr-api', method: 'GET', path: `/api/v1/quotes/${symbol}`, route: '/api/v1/quotes/{symbol}', status: 502 },
    at(0, 17),
    {
      attributes: { 'http.user_agent': browser, 'operation.id': operationId, symbol },
      logs: [
        { atMs: 1.1, severity: 'DEBUG', scope: quoteLogger, body: `Quote for ${symbol} is not cached`, correlation: 'both' },
        {
          atMs: 14.8,
          severity: 'ERROR',
          scope: quoteLogger,
          correlation: 'both',
          body: 'Cannot reach ib-host-service at http://localhost:5001: All connection attempts failed',
          attributes: exceptionAttributes(connectError),
        },
      ],
      children: [
        postgresQuery({ service: 'ktrdr-api', statement: 'SELECT id, symbol, exchange FROM instruments WHERE symbol = $1' }, at(2, 2.9)),
        httpxCall({ service: 'ktrdr-api', to: 'ib-host-service', method: 'GET', path }, at(6.3, 7.2), {
          error: statusOf(connectError),
          events: [exceptionEvent(connectError, 7)],
        }),
      ],
    },
  );
}

/** The broker is busy at first; the API waits a moment, and the second attempt is answered. */
export function historyRetried(symbol: string, operationId: string): SpanPlan {
  const path = `/data/history?symbol=${symbol}&bar=1d`;
  const attempt = (startMs: number, durationMs: number, status: number, resend: number, children: SpanPlan[]): SpanPlan =>
    httpxCall({ service: 'ktrdr-api', to: 'ib-host-service', method: 'GET', path, status }, at(startMs, durationMs), {
      attributes: resend === 0 ? {} : { 'http.request.resend_count': resend },
      children: [
        fastApiRequest({ service: 'ib-host-service', method: 'GET', path, route: '/data/history', status }, at(1.6, durationMs - 3), {
          children,
          logs:
            status === 503
              ? [
                  {
                    atMs: 4,
                    severity: 'WARN',
                    scope: 'ib_host.pacing',
                    body: 'Pacing limit of 60 requests in 10 minutes reached',
                    correlation: 'attributes',
                  },
                ]
              : [],
        }),
      ],
    });
  const historicalData = ownSpan({ service: 'ib-host-service', scope: 'ib_host.gateway', name: 'ib.request_historical_data' }, at(3, 118), {
    attributes: { symbol, 'ib.bar_size': '1 day', 'ib.bars': 252 },
  });
  return fastApiRequest(
    { service: 'ktrdr-api', method: 'GET', path: `/api/v1/history/${symbol}`, route: '/api/v1/history/{symbol}', status: 200 },
    at(0, 431),
    {
      attributes: { 'operation.id': operationId, symbol },
      logs: [
        {
          atMs: 21,
          severity: 'WARN',
          scope: 'ktrdr.data.retry',
          body: 'ib-host-service answered 503, attempt 2 of 3 in 250 ms',
          correlation: 'both',
        },
        { atMs: 427, severity: 'INFO', scope: 'ktrdr.api.history', body: `252 bars of ${symbol} after 1 retry`, correlation: 'fields' },
      ],
      children: [
        attempt(3.4, 16, 503, 0, []),
        ownSpan({ service: 'ktrdr-api', scope: 'ktrdr.data.retry', name: 'retry.backoff' }, at(21, 251), {
          attributes: { 'retry.attempt': 1, 'retry.delay_ms': 250 },
        }),
        attempt(274, 131, 200, 1, [historicalData]),
        postgresQuery(
          {
            service: 'ktrdr-api',
            statement: 'INSERT INTO bars (symbol, day, open, high, low, close, volume) SELECT * FROM unnest($1::bar[])',
          },
          at(408, 15),
        ),
      ],
    },
  );
}
