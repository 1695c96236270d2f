import { SpanKind } from '@opentelemetry/api';
import { at, fastApiRequest, httpxCall, ownSpan, postgresQuery } from '../python-spans.ts';
import type { PlainAttributes, SpanPlan } from '../plan.ts';

const strategy = 'trend-follow-v3';
const jobQueued = 'training job queued';
const service = 'training-host-service';
const scope = 'training_host.training';
const queue: PlainAttributes = { 'messaging.system': 'redis', 'messaging.destination': 'training.jobs' };

/** Answers 202 at once: what it starts is another trace, which links back to the span that queued the job. */
export function trainingRequested(symbol: string, operationId: string): SpanPlan {
  return fastApiRequest(
    { service: 'ktrdr-api', method: 'POST', path: '/api/v1/training/jobs', route: '/api/v1/training/jobs', status: 202 },
    at(0, 26),
    {
      attributes: { 'operation.id': operationId, symbol, strategy },
      logs: [
        {
          atMs: 23,
          severity: 'INFO',
          scope: 'ktrdr.api.training',
          body: `Queued training of ${strategy} on ${symbol}`,
          correlation: 'both',
        },
      ],
      children: [
        postgresQuery(
          { service: 'ktrdr-api', statement: "INSERT INTO training_jobs (id, strategy, symbol, state) VALUES ($1, $2, $3, 'queued')" },
          at(4, 7.4),
        ),
        {
          ...at(13, 4.6),
          service: 'ktrdr-api',
          scope: 'ktrdr.queue',
          name: 'training.jobs publish',
          kind: SpanKind.PRODUCER,
          attributes: { ...queue, 'messaging.operation': 'publish', 'operation.id': operationId },
          label: jobQueued,
        },
      ],
    },
  );
}

const epochCount = 6;
const batchCount = 5;
const epochMs = 3100;
const firstEpochMs = 2450;
const epochsEndMs = firstEpochMs + epochCount * epochMs;

/** The job itself, some 22 s long: data, features, epochs of batches, the model's file. */
export function trainingRun(symbol: string, operationId: string): SpanPlan {
  const job = { symbol, strategy, 'operation.id': operationId };
  return {
    ...at(0, epochsEndMs + 900),
    service,
    scope: 'training_host.queue',
    name: 'training.jobs process',
    kind: SpanKind.CONSUMER,
    attributes: { ...queue, 'messaging.operation': 'process', ...job },
    linksTo: [{ label: jobQueued, attributes: { 'messaging.message.id': operationId } }],
    logs: [
      {
        atMs: 3,
        severity: 'INFO',
        scope,
        body: `Training ${strategy} on ${symbol}: ${epochCount} epochs of ${batchCount} batches`,
        correlation: 'both',
      },
      { atMs: epochsEndMs + 860, severity: 'INFO', scope, body: 'Training finished, validation loss 0.1874', correlation: 'both' },
    ],
    children: [
      postgresQuery({ service, statement: "UPDATE training_jobs SET state = 'running' WHERE id = $1" }, at(6, 5.2)),
      loadData(symbol),
      prepareFeatures(symbol),
      ...Array.from({ length: epochCount }, (_, index) => epoch(index)),
      saveModel(),
      postgresQuery({ service, statement: "UPDATE training_jobs SET state = 'done', loss = $2 WHERE id = $1" }, at(epochsEndMs + 820, 6.8)),
    ],
  };
}

function loadData(symbol: string): SpanPlan {
  const path = `/data/history?symbol=${symbol}&bar=1h`;
  const broker = fastApiRequest({ service: 'ib-host-service', method: 'GET', path, route: '/data/history', status: 200 }, at(2.1, 874), {
    logs: [{ atMs: 860, severity: 'DEBUG', scope: 'ib_host.gateway', body: `8736 bars of ${symbol}`, correlation: 'attributes' }],
  });
  return ownSpan({ service, scope, name: 'data.load' }, at(14, 1030), {
    attributes: { symbol, 'data.bars': 8736 },
    children: [
      httpxCall({ service, to: 'ib-host-service', method: 'GET', path, status: 200 }, at(5, 880), { children: [broker] }),
      postgresQuery({ service, statement: 'SELECT day, value FROM risk_free_rates WHERE day >= $1' }, at(893, 121)),
    ],
  });
}

function prepareFeatures(symbol: string): SpanPlan {
  const indicators = ['rsi', 'macd', 'bollinger', 'atr'];
  return ownSpan({ service, scope: 'training_host.features', name: 'features.prepare' }, at(1055, 1370), {
    attributes: { symbol, 'features.count': 24 },
    children: indicators.map((indicator, index) =>
      ownSpan({ service, scope: 'training_host.features', name: `indicator ${indicator}` }, at(20 + index * 310, 240 + index * 35), {
        attributes: { 'indicator.name': indicator },
      }),
    ),
  });
}

function epoch(index: number): SpanPlan {
  const number = index + 1;
  const loss = Number((0.62 * 0.79 ** index).toFixed(4));
  const batchMs = 520;
  const batches = Array.from({ length: batchCount }, (_, batch) =>
    ownSpan({ service, scope, name: 'batch' }, at(12 + batch * batchMs, batchMs - 18 - ((batch * 7 + index * 3) % 40)), {
      attributes: { 'training.batch': batch + 1, 'training.batch_size': 512 },
    }),
  );
  const validate = ownSpan({ service, scope, name: 'validate' }, at(20 + batchCount * batchMs, 430), {
    attributes: { 'training.loss.validation': Number((loss * 1.08).toFixed(4)) },
  });
  return ownSpan({ service, scope, name: `epoch ${number}` }, at(firstEpochMs + index * epochMs, epochMs - 12), {
    attributes: { 'training.epoch': number, 'training.loss': loss, 'training.learning_rate': 0.001 / 2 ** Math.floor(index / 2) },
    events: [
      { name: 'epoch completed', atMs: epochMs - 20, attributes: { 'training.epoch': number, 'training.loss': loss } },
      ...(index % 2 === 1 ? [{ name: 'learning rate halved', atMs: epochMs - 16, attributes: { 'training.epoch': number } }] : []),
    ],
    logs: [{ atMs: epochMs - 20, severity: 'DEBUG', scope, body: `epoch ${number}/${epochCount} loss=${loss}`, correlation: 'attributes' }],
    children: [...batches, validate],
  });
}

function saveModel(): SpanPlan {
  return ownSpan({ service, scope: 'training_host.models', name: 'model.save' }, at(epochsEndMs + 20, 780), {
    attributes: { 'model.name': 'gru-64', 'model.path': '/var/lib/ktrdr/models/gru-64.pt', 'model.bytes': 3_481_604 },
    events: [{ name: 'checkpoint written', atMs: 741, attributes: { 'file.size': 3_481_604 } }],
  });
}
