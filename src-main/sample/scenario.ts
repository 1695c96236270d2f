import type { Scenario } from './plan.ts';
import { evaluationFailed, slowQuery } from './scenarios/models.ts';
import { brokerRefused, historyRetried, quoteServed } from './scenarios/quotes.ts';
import { trainingRequested, trainingRun } from './scenarios/training.ts';

/**
 * A few minutes at a developer's desk: an API, a broker's host service, a training host and PostgreSQL. `operationId` names the operation with this number, another one
 * at each sending.
 */
export function createScenario(operationId: (index: number) => string): Scenario {
  return {
    traces: [
      { endedAgoMs: 96_000, root: quoteServed('AAPL', 231.48, operationId(1)) },
      { endedAgoMs: 81_000, root: slowQuery(operationId(2)) },
      { endedAgoMs: 64_000, root: historyRetried('MSFT', operationId(3)) },
      { endedAgoMs: 48_000, root: trainingRequested('AAPL', operationId(4)) },
      { endedAgoMs: 24_000, root: trainingRun('AAPL', operationId(4)) },
      { endedAgoMs: 13_000, root: evaluationFailed('AAPL', operationId(5)) },
      { endedAgoMs: 7000, root: quoteServed('MSFT', 418.06, operationId(6)) },
      { endedAgoMs: 900, root: brokerRefused('MSFT', operationId(7)) },
    ],
    looseLogs: [
      {
        service: 'ib-host-service',
        scope: 'ib_host.gateway',
        atMs: -4200,
        severity: 'WARN',
        body: 'Connection to TWS at 127.0.0.1:7497 closed, shutting down',
      },
    ],
  };
}
