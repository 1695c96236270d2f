import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sirv from 'sirv';
import { SpanKind, StatusCode } from '#proto/model/span';
import { install } from '../install.ts';
import { missingBrowser, titleOf } from '../page-visit.ts';
import type { Participant } from '../participant.ts';
import { assertAttributes, assertChain, theSpan } from '../read-telemetry.ts';

const folder = path.join(import.meta.dirname, 'program');

/** A page on the web SDK, served from another port of this machine: what it sends passes the browser's rules for foreign origins. */
export const browserPage: Participant = {
  name: 'browser',
  missing: missingBrowser,
  install: () =>
    install({
      folder,
      pins: ['package.json', 'package-lock.json', 'index.html', 'page.js'],
      commands: [
        ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'],
        ['vite', 'build', '--logLevel', 'error', '--target', 'esnext', '--outDir', 'target', '--emptyOutDir'],
      ],
    }),
  versions: () => {
    const names = ['sdk-trace-web', 'exporter-trace-otlp-http', 'instrumentation-fetch'];
    const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    return names.map((name) => `@opentelemetry/${name} ${dependencies[`@opentelemetry/${name}`]}`).join(', ');
  },
  runs: [
    {
      name: 'HTTP, JSON, from another origin',
      async run({ sidelight, claim }) {
        const [, traceId = ''] = await openPage(sidelight.httpUrl);
        const spans = await sidelight.spans(traceId);
        const custom = { name: 'click buy', service: 'browser-page' };

        await claim('the span of the fetch is under the custom span', () => {
          assertChain([theSpan(spans, custom), theSpan(spans, { kind: SpanKind.client })]);
        });
        await claim('attributes, the exception with its stack trace, the status', () => {
          const span = theSpan(spans, custom);
          assertAttributes(span, { 'operation.id': 'op-web-1', symbol: 'AAPL' });
          assert.deepEqual(span.status, { code: StatusCode.error, message: 'no such strategy: martingale' });
          const event = span.events.find((candidate) => candidate.name === 'exception');
          assert.ok(event !== undefined);
          assertAttributes(event, { 'exception.type': 'RangeError', 'exception.stacktrace': /page|index/ });
        });
        await claim('resource attributes', () => {
          for (const span of spans) assertAttributes(span.resource, { 'service.version': '2.4.0', 'telemetry.sdk.language': 'webjs' });
        });
      },
    },
  ],
};

/** Serves the page until it has exported, which its title tells. */
async function openPage(endpoint: string): Promise<RegExpExecArray> {
  const server = createServer(sirv(path.join(folder, 'target'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await titleOf(`http://localhost:${port}/?endpoint=${encodeURIComponent(endpoint)}`, /^exported ([0-9a-f]{32})$/);
  } finally {
    server.close();
  }
}
