import assert from 'node:assert/strict';
import path from 'node:path';
import { SpanKind, StatusCode } from '#proto/model/span';
import { closedPort } from '../closed-port.ts';
import { builtWith, goEnvironment, goVersion, missingGo } from '../go-toolchain.ts';
import { install } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { assertAttributes, assertChain, assertWithin, theLog, theSpan } from '../read-telemetry.ts';

const folder = path.join(import.meta.dirname, 'program');
const stockroom = path.join(folder, 'bin', 'stockroom');

/** An HTTP server and its client on the SDK for Go, with slog. */
export const goProgram: Participant = {
  name: 'go',
  missing: missingGo,
  install: () =>
    install({
      folder,
      pins: ['go.mod', 'go.sum', 'main.go', 'exporters.go'],
      commands: [['go', 'build', '-o', stockroom, '.']],
      env: goEnvironment,
    }),
  versions: () => {
    const names = ['go.opentelemetry.io/otel/sdk', 'go.opentelemetry.io/contrib/bridges/otelslog'];
    return [`Go ${goVersion()}`, ...names.map((name) => `${name} ${builtWith(stockroom, name)}`)].join(', ');
  },
  runs: [
    stockroomRun('gRPC', 'grpc', ({ sidelight }) => sidelight.grpcUrl),
    stockroomRun('HTTP', 'http', ({ sidelight }) => sidelight.httpUrl),
  ],
};

function stockroomRun(name: string, protocol: 'grpc' | 'http', endpoint: (stage: Stage) => string): Run {
  const service = `go-${protocol}`;
  return {
    name,
    async run(stage) {
      const { programs, sidelight, claim } = stage;
      const pointsBefore = (await sidelight.status()).received.metricPointsNotStored;
      const program = programs.start([stockroom, protocol, `http://127.0.0.1:${await closedPort()}`], {
        cwd: folder,
        env: {
          OTEL_SERVICE_NAME: service,
          OTEL_RESOURCE_ATTRIBUTES: 'service.version=2.4.0,deployment.environment.name=desk',
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(stage),
          OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
        },
      });
      await program.finished();
      const [, traceId = ''] = await program.line(/^exported ([0-9a-f]{32})$/);
      const spans = await sidelight.spans(traceId);
      const logs = await sidelight.logs(`service:${service}`);
      const failed = { kind: SpanKind.server, attributes: { 'http.response.status_code': '500' } };

      await claim('a server span under the client span that called it, under the custom span', () => {
        const root = theSpan(spans, { name: 'check stock' });
        assert.equal(root.parentSpanId, '');
        const server = theSpan(spans, failed);
        const client = spans.find(({ spanId }) => spanId === server.parentSpanId);
        assert.ok(client !== undefined && client.kind === SpanKind.client);
        assertChain([root, client, server]);
      });
      await claim('attributes of every type, a 64-bit integer exactly', () => {
        const { attributes } = theSpan(spans, { name: 'check stock' });
        const value = (key: string) => attributes.find((attribute) => attribute.key === key)?.value;
        assert.deepEqual(value('big'), { intValue: '9007199254740993' });
        assert.deepEqual(value('ratio'), { doubleValue: 0.25 });
        assert.deepEqual(value('urgent'), { boolValue: true });
        assert.deepEqual(value('symbols'), { arrayValue: { values: [{ stringValue: 'AAPL' }, { stringValue: 'MSFT' }] } });
      });
      await claim('a recorded error: type, message, stack trace, status', () => {
        const server = theSpan(spans, failed);
        // otelhttp sets the status once more, without the message, when the 500 goes out.
        assert.equal(server.status.code, StatusCode.error);
        const event = server.events.find((candidate) => candidate.name === 'exception');
        assert.ok(event !== undefined);
        assertAttributes(event, {
          'exception.type': /errorString/,
          'exception.message': 'no such item: ghost',
          'exception.stacktrace': /main\.go/,
        });
      });
      await claim('a call to a port where nothing listens: a client span with the error', () => {
        const refused = spans.filter((span) => span.kind === SpanKind.client && /connection refused/.test(span.status.message));
        assert.equal(refused.length, 1);
      });
      await claim("slog's records, with their attributes, in the spans that were current", () => {
        const root = theSpan(spans, { name: 'check stock' });
        const checking = theLog(logs, 'checking stock');
        assertWithin(checking, root);
        assertAttributes(checking, { items: '3', order: '{"id":"42"}', 'code.line.number': /^\d+$/ });
        assertWithin(theLog(logs, 'item not found'), theSpan(spans, failed));
        assertWithin(theLog(logs, 'no answer'), root);
        assert.deepEqual(
          logs.map(({ severityNumber }) => severityNumber),
          [9, 13, 17],
        );
      });
      await claim('resource attributes', () => {
        for (const span of spans)
          assertAttributes(span.resource, {
            'service.name': service,
            'service.version': '2.4.0',
            'deployment.environment.name': 'desk',
            'telemetry.sdk.language': 'go',
          });
      });
      await claim('metrics are accepted', async () => {
        assert.ok((await sidelight.status()).received.metricPointsNotStored > pointsBefore);
      });
    },
  };
}
