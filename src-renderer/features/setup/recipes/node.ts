import { overHttp, shortDelays } from './environment.ts';
import type { Recipe } from './recipe.ts';

export const node: Recipe = {
  label: 'Node',
  steps: (place) => [
    { title: 'Add OpenTelemetry', code: 'npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node' },
    { title: 'Tell it where to send', variables: [...overHttp(place), ['OTEL_LOGS_EXPORTER', 'otlp'], ...shortDelays] },
    {
      title: 'Run it, without a change to the code',
      code: 'node --require @opentelemetry/auto-instrumentations-node/register app.js',
    },
    {
      title: 'If app.js is an ES module',
      code: `node --experimental-loader=@opentelemetry/instrumentation/hook.mjs \\\n  --require @opentelemetry/auto-instrumentations-node/register app.js`,
    },
  ],
  note: 'Logs of pino, winston and bunyan are sent with their traces; console.log is not. Express, Fastify, Nest, fetch, pg, mongodb, ioredis and many others are recognised.',
};
