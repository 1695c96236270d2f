import assert from 'node:assert/strict';
import path from 'node:path';
import { SpanKind, StatusCode } from '#proto/model/span';
import { closedPort } from '../closed-port.ts';
import { install, toolVersion } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { assertAttributes, assertChain, assertWithin, theLog, theSpan } from '../read-telemetry.ts';

const folder = path.join(import.meta.dirname, 'program');
const deno = path.join(folder, 'node_modules', '.bin', 'deno');

/** Deno's own telemetry: an exporter written in Rust, which shares no code with Node's. */
export const denoProgram: Participant = {
  name: 'deno',
  missing: () => undefined,
  install: () =>
    install({
      folder,
      pins: ['package.json'],
      // Without a lockfile: npm finds one out of step wherever the registry lacks the binary of some other platform. Both packages have no dependencies.
      commands: [
        ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--package-lock=false'],
        [deno, '--version'],
      ],
    }),
  versions: () => `Deno ${toolVersion([deno, '--version'], /deno ([\d.]+)/)}`,
  runs: [
    deskRun('HTTP, protobuf', 'http/protobuf', ({ sidelight }) => sidelight.httpUrl),
    deskRun('HTTP, JSON', 'http/json', ({ sidelight }) => sidelight.httpUrl),
    deskRun('gRPC', 'grpc', ({ sidelight }) => sidelight.grpcUrl),
  ],
};

function deskRun(name: string, protocol: string, endpoint: (stage: Stage) => string): Run {
  const service = `deno-${protocol.replace('/', '-')}`;
  return {
    name,
    async run(stage) {
      const { programs, sidelight, claim } = stage;
      const pointsBefore = (await sidelight.status()).received.metricPointsNotStored;
      const program = programs.start([deno, 'run', '--allow-net', '--allow-env', 'service.js', `http://127.0.0.1:${await closedPort()}`], {
        cwd: folder,
        env: {
          OTEL_DENO: 'true',
          OTEL_SERVICE_NAME: service,
          OTEL_RESOURCE_ATTRIBUTES: 'service.version=2.4.0,deployment.environment.name=desk',
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(stage),
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        },
      });
      await program.finished();
      const [, traceId = ''] = await program.line(/^exported ([0-9a-f]{32})$/);
      const spans = await sidelight.spans(traceId);
      const logs = await sidelight.logs(`service:${service}`);
      const custom = { name: 'place quote' };
      const server = (address: string) =>
        spans.find((span) => span.kind === SpanKind.server && JSON.stringify(span.attributes).includes(address));

      await claim('each span under the right parent, through HTTP', () => {
        for (const address of ['/prices', '/ledger']) {
          const handled = server(address);
          const call = spans.find(({ spanId }) => spanId === handled?.parentSpanId);
          assert.ok(handled !== undefined && call?.kind === SpanKind.client, address);
          assertChain([theSpan(spans, custom), call, handled]);
        }
      });
      await claim('attributes and the recorded exception of a custom span', () => {
        const span = theSpan(spans, custom);
        assertAttributes(span, { 'operation.id': 'op-deno-1', symbol: 'AAPL', strategy: 'momentum' });
        assert.deepEqual(span.status, { code: StatusCode.error, message: 'no such strategy: martingale' });
        const event = span.events.find((candidate) => candidate.name === 'exception');
        assert.ok(event !== undefined);
        assertAttributes(event, { 'exception.type': 'RangeError', 'exception.message': 'no such strategy: martingale' });
      });
      await claim('a call to a port where nothing listens: a client span with the error', () => {
        const call = spans.find((span) => span.kind === SpanKind.client && span.parentSpanId === server('/ledger')?.spanId);
        assert.equal(call?.status.code, StatusCode.error);
      });
      await claim("the console's lines are log records in the spans that were current", () => {
        assertWithin(theLog(logs, /^quote requested/), theSpan(spans, custom));
        assert.equal(theLog(logs, /^the price is late/).contextSpanId, server('/prices')?.spanId);
        const failed = theLog(logs, /^the ledger does not answer/);
        assert.equal(failed.contextSpanId, server('/ledger')?.spanId);
        assert.equal(failed.severityNumber, 17);
      });
      await claim('resource attributes', () => {
        for (const span of spans)
          assertAttributes(span.resource, { 'service.name': service, 'service.version': '2.4.0', 'telemetry.sdk.language': 'deno-rust' });
      });
      await claim('metrics are accepted', async () => {
        assert.ok((await sidelight.status()).received.metricPointsNotStored > pointsBefore);
      });
    },
  };
}
