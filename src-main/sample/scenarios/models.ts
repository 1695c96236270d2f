import { badGateway, shapeError } from '../python-errors.ts';
import { at, exceptionAttributes, exceptionEvent, fastApiRequest, httpxCall, ownSpan, postgresQuery, statusOf } from '../python-spans.ts';
import type { SpanPlan } from '../plan.ts';

const strategy = 'trend-follow-v3';
const selectTrades =
  'SELECT t.id, t.symbol, t.side, t.qty, t.price, t.executed_at, p.close FROM trades t JOIN prices p ON p.symbol = t.symbol AND p.day = t.executed_at::date ' +
  'WHERE t.backtest_id = $1 ORDER BY t.executed_at';

/** A request of 2.4 s, of which one SELECT without an index took 2.1 s. */
export function slowQuery(operationId: string): SpanPlan {
  const rows = 48_213;
  return fastApiRequest(
    {
      service: 'ktrdr-api',
      method: 'GET',
      path: '/api/v1/backtests/8812/trades',
      route: '/api/v1/backtests/{backtest_id}/trades',
      status: 200,
    },
    at(0, 2400),
    {
      attributes: { 'operation.id': operationId, strategy, symbol: 'AAPL' },
      logs: [
        { atMs: 2, severity: 'INFO', scope: 'ktrdr.api.backtests', body: 'Loading the trades of backtest 8812', correlation: 'both' },
        {
          atMs: 2122,
          severity: 'WARN',
          scope: 'ktrdr.db',
          body: `Slow query: 2104 ms for ${rows} rows (threshold 500 ms)`,
          correlation: 'attributes',
          attributes: { 'db.table': 'trades', 'db.duration_ms': 2104, 'db.rows': rows },
        },
      ],
      children: [
        postgresQuery({ service: 'ktrdr-api', statement: 'SELECT id, strategy, symbol FROM backtests WHERE id = $1' }, at(3.5, 4.2)),
        postgresQuery({ service: 'ktrdr-api', statement: selectTrades }, at(16, 2104)),
        ownSpan({ service: 'ktrdr-api', scope: 'ktrdr.api.backtests', name: 'backtest.summarise' }, at(2126, 186), {
          attributes: { strategy, 'backtest.trades': rows },
        }),
        ownSpan({ service: 'ktrdr-api', scope: 'ktrdr.api.backtests', name: 'json.serialise' }, at(2315, 79)),
      ],
    },
  );
}

/** A ValueError deep inside the training host: 500 there, 500 here, and each hop keeps its own stack trace. */
export function evaluationFailed(symbol: string, operationId: string): SpanPlan {
  const failed = { error: statusOf(shapeError) };
  const assemble = ownSpan({ service: 'training-host-service', scope: 'training_host.features', name: 'features.assemble' }, at(19, 8.5), {
    ...failed,
    attributes: { symbol, strategy, 'features.expected': 24, 'features.found': 23 },
    events: [exceptionEvent(shapeError, 8.3)],
  });
  const load = ownSpan({ service: 'training-host-service', scope: 'training_host.features', name: 'features.load' }, at(6.2, 28), {
    ...failed,
    attributes: { symbol, strategy },
    events: [exceptionEvent(shapeError, 27.7)],
    children: [
      postgresQuery(
        {
          service: 'training-host-service',
          statement: 'SELECT day, close, volume, rsi, macd, macd_signal FROM features WHERE symbol = $1',
        },
        at(1.5, 16.8),
      ),
      assemble,
    ],
  });
  const evaluate = ownSpan({ service: 'training-host-service', scope: 'training_host.evaluation', name: 'model.evaluate' }, at(4, 36), {
    ...failed,
    attributes: { symbol, strategy, 'model.name': 'gru-64' },
    events: [exceptionEvent(shapeError, 35.8)],
    children: [load],
  });
  const trainingHost = fastApiRequest(
    { service: 'training-host-service', method: 'POST', path: '/evaluate', route: '/evaluate', status: 500 },
    at(1.7, 46),
    {
      error: statusOf(shapeError),
      events: [exceptionEvent(shapeError, 44)],
      logs: [
        { atMs: 3, severity: 'INFO', scope: 'training_host.evaluation', body: `Evaluating gru-64 on ${symbol}`, correlation: 'both' },
        {
          atMs: 42.5,
          severity: 'ERROR',
          scope: 'training_host.evaluation',
          body: 'Evaluation failed',
          correlation: 'both',
          attributes: exceptionAttributes(shapeError),
        },
      ],
      children: [evaluate],
    },
  );
  return fastApiRequest(
    { service: 'ktrdr-api', method: 'POST', path: '/api/v1/models/gru-64/evaluate', route: '/api/v1/models/{model}/evaluate', status: 500 },
    at(0, 71),
    {
      error: statusOf(badGateway),
      events: [exceptionEvent(badGateway, 66)],
      attributes: { 'operation.id': operationId, symbol, strategy },
      logs: [
        {
          atMs: 65,
          severity: 'ERROR',
          scope: 'ktrdr.api.models',
          body: 'Evaluation of gru-64 failed: training-host-service answered 500',
          correlation: 'both',
          attributes: exceptionAttributes(badGateway),
        },
      ],
      children: [
        postgresQuery({ service: 'ktrdr-api', statement: 'SELECT name, path FROM models WHERE name = $1' }, at(2.5, 3.3)),
        httpxCall({ service: 'ktrdr-api', to: 'training-host-service', method: 'POST', path: '/evaluate', status: 500 }, at(8, 50), {
          children: [trainingHost],
        }),
      ],
    },
  );
}
