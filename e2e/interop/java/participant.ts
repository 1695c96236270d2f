import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SpanKind, StatusCode } from '#proto/model/span';
import { closedPort } from '../closed-port.ts';
import { handMadeParent } from '../hand-made-parent.ts';
import { install, missingTool, toolVersion } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { assertAttributes, assertChain, assertWithin, theLog, theSpan } from '../read-telemetry.ts';

const folder = path.join(import.meta.dirname, 'program');

/** Two services on the JDK's own HTTP server and client, instrumented by the agent. */
export const javaServices: Participant = {
  name: 'java',
  missing: () => missingTool(['javac', '-version'], 'a JDK') ?? missingTool(['mvn', '--version'], 'Maven'),
  install: () =>
    install({
      folder,
      pins: ['pom.xml', 'Desk.java'],
      commands: [
        ['mvn', '--batch-mode', '--quiet', 'dependency:copy-dependencies', '-DoutputDirectory=target/lib', '-Dmdep.stripVersion=true'],
        // The agent leaves programs alone that the JDK's launcher compiles as it starts them.
        ['javac', '-d', 'target/classes', '-cp', 'target/lib/*', 'Desk.java'],
      ],
    }),
  versions: () => {
    const agent = /opentelemetry-javaagent<\/artifactId>\s*<version>([^<]+)/.exec(readFileSync(path.join(folder, 'pom.xml'), 'utf8'))?.[1];
    return `Java ${toolVersion(['java', '-version'], /version "([^"]+)"/)}, opentelemetry-javaagent ${agent}`;
  },
  runs: [
    deskRun('HTTP, the agent as it is', 'http', ({ sidelight }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sidelight.httpUrl })),
    deskRun('gRPC', 'grpc', ({ sidelight }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sidelight.grpcUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })),
  ],
};

function deskRun(name: string, run: string, exporter: (stage: Stage) => Record<string, string>): Run {
  const service = (role: 'quotes' | 'prices'): string => `java-${run}-${role}`;
  return {
    name,
    async run(stage) {
      const { programs, sidelight, claim } = stage;
      const pointsBefore = (await sidelight.status()).received.metricPointsNotStored;
      const deadUrl = `http://127.0.0.1:${await closedPort()}`;
      const start = async (role: 'quotes' | 'prices', otherUrl: string) => {
        const program = programs.start(
          [
            'java',
            // Most of a short run is the agent's start: compiled less, it takes half the time.
            '-XX:TieredStopAtLevel=1',
            '-javaagent:target/lib/opentelemetry-javaagent.jar',
            '-cp',
            'target/classes:target/lib/*',
            'Desk',
            role,
            otherUrl,
            deadUrl,
          ],
          {
            cwd: folder,
            env: {
              ...exporter(stage),
              OTEL_SERVICE_NAME: service(role),
              OTEL_RESOURCE_ATTRIBUTES: 'service.version=2.4.0,deployment.environment.name=desk',
            },
          },
        );
        return { program, url: `http://127.0.0.1:${(await program.line(/^listening on (\d+)$/))[1]}` };
      };
      const prices = await start('prices', '-');
      const quotes = await start('quotes', prices.url);
      const asked = { quote: handMadeParent(), ledger: handMadeParent() };
      const answers = [
        await fetch(`${quotes.url}/quotes`, { headers: asked.quote.headers }),
        await fetch(`${quotes.url}/ledger`, { headers: asked.ledger.headers }),
      ];
      await Promise.all([prices, quotes].map(({ program }) => program.stop('SIGTERM')));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 500],
        'the desk answered as it was asked to',
      );

      const spans = await sidelight.spans(asked.quote.traceId);
      const ledger = await sidelight.spans(asked.ledger.traceId);
      const logs = await sidelight.logs(`service:${service('quotes')}`);
      const custom = { name: 'place quote', service: service('quotes') };

      await claim('one trace through two processes, each span under the right parent', () => {
        const server = theSpan(spans, { service: service('quotes'), kind: SpanKind.server });
        assert.equal(server.parentSpanId, asked.quote.spanId, 'the span of the hand-made traceparent is the parent');
        assertChain([
          server,
          theSpan(spans, custom),
          theSpan(spans, { service: service('quotes'), kind: SpanKind.client }),
          theSpan(spans, { service: service('prices'), kind: SpanKind.server }),
        ]);
      });
      await claim('attributes of a custom span', () => {
        assertAttributes(theSpan(spans, custom), { 'operation.id': 'op-java-1', symbol: 'AAPL', strategy: 'momentum', 'thread.name': /./ });
      });
      await claim('a recorded exception: type, message, stack trace, status', () => {
        const span = theSpan(spans, custom);
        assert.deepEqual(span.status, { code: StatusCode.error, message: 'no such strategy: martingale' });
        const event = span.events.find((candidate) => candidate.name === 'exception');
        assert.ok(event !== undefined);
        assertAttributes(event, {
          'exception.type': 'java.lang.IllegalArgumentException',
          'exception.message': 'no such strategy: martingale',
          'exception.stacktrace': /at Desk\.quote\(Desk\.java:\d+\)/,
        });
      });
      await claim('a call to a port where nothing listens: a client span with the exception', () => {
        const call = theSpan(ledger, { kind: SpanKind.client });
        assert.equal(call.status.code, StatusCode.error);
        assert.match(JSON.stringify(call.events), /java\.net\.ConnectException/);
      });
      await claim('the 500 is an error of the server span', () => {
        assert.equal(theSpan(ledger, { kind: SpanKind.server }).status.code, StatusCode.error);
      });
      await claim("java.util.logging's records in the spans that were current, one with its exception", () => {
        const requested = theLog(logs, 'quote requested for AAPL');
        assertWithin(requested, theSpan(spans, custom));
        assert.equal(requested.severityNumber, 9);
        const failed = theLog(logs, 'the request failed');
        assertWithin(failed, theSpan(ledger, { kind: SpanKind.server }));
        assertAttributes(failed, { 'exception.type': 'java.net.ConnectException', 'exception.stacktrace': /Desk\.java/ });
      });
      await claim('resource attributes', () => {
        for (const span of spans)
          assertAttributes(span.resource, {
            'service.version': '2.4.0',
            'deployment.environment.name': 'desk',
            'telemetry.sdk.language': 'java',
            'telemetry.distro.name': 'opentelemetry-java-instrumentation',
            'process.pid': /^\d+$/,
          });
      });
      await claim('metrics are accepted', async () => {
        assert.ok((await sidelight.status()).received.metricPointsNotStored > pointsBefore);
      });
    },
  };
}
