import assert from 'node:assert/strict';
import path from 'node:path';
import { SpanKind } from '#proto/model/span';
import { goEnvironment } from '../go-toolchain.ts';
import { handMadeParent } from '../hand-made-parent.ts';
import { install } from '../install.ts';
import type { Stage } from '../participant.ts';
import { assertAttributes, assertChain, bodyOf, theSpan } from '../read-telemetry.ts';

const version = '0.161.0';
const bin = path.join(import.meta.dirname, 'bin');
export const telemetrygen = path.join(bin, 'telemetrygen');

export function installTelemetrygen(): Promise<void> {
  const module = 'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen';
  return install({
    folder: import.meta.dirname,
    pins: [],
    commands: [['go', 'install', `${module}@v${version}`]],
    env: { ...goEnvironment, GOFLAGS: '-buildvcs=false', GOBIN: bin },
  });
}

const traces = 20;
const logs = 30;
const metrics = 15;

/** Lets telemetrygen send all three signals to an OTLP port; `http` or gRPC. Resolves, when all was answered, with the trace that its logs belong to. */
export async function generate(
  { programs }: Pick<Stage, 'programs'>,
  url: string,
  protocol: 'grpc' | 'http',
  service: string,
): Promise<string> {
  const { traceId, spanId } = handMadeParent();
  const common = ['--otlp-endpoint', new URL(url).host, '--otlp-insecure', '--service', service, '--rate', '0', '--workers', '1'];
  if (protocol === 'http') common.push('--otlp-http');
  // Go's exporters take a warning in a partial success for an error, at which telemetrygen would end.
  common.push('--allow-export-failures');
  const attributes = ['--otlp-attributes', 'deployment.environment.name="desk"', '--telemetry-attributes', 'strategy="momentum"'];
  const signals = [
    ['traces', '--traces', String(traces), '--child-spans', '3', '--status-code', 'Error'],
    ['logs', '--logs', String(logs), '--trace-id', traceId, '--span-id', spanId, '--body', 'generated'],
    ['metrics', '--metrics', String(metrics), '--metric-type', 'Histogram'],
  ];
  for (const signal of signals)
    await programs.start([telemetrygen, ...signal, ...common, ...attributes], { cwd: import.meta.dirname }).finished();
  return traceId;
}

/** What `generate` sent has arrived, to the last record. `pointsBefore`: metric points that had been received before. */
export async function claimGenerated(
  { sidelight, claim }: Stage,
  service: string,
  logsTraceId: string,
  pointsBefore: number,
): Promise<void> {
  await claim(`${traces} traces of four spans, each child under its parent`, async () => {
    const traceIds = await sidelight.traceIds(`service:${service} status:error strategy=momentum`);
    assert.equal(traceIds.length, traces);
    for (const traceId of traceIds) {
      const spans = await sidelight.spans(traceId);
      assert.equal(spans.length, 4);
      const root = theSpan(spans, { kind: SpanKind.client });
      assert.equal(root.parentSpanId, '');
      for (const child of spans.filter(({ spanId }) => spanId !== root.spanId)) assertChain([root, child]);
    }
  });
  await claim(`${logs} log records with the trace context that they were given`, async () => {
    const found = await sidelight.logs(`service:${service}`);
    assert.equal(found.length, logs);
    for (const log of found) {
      assert.equal(bodyOf(log), 'generated');
      assert.equal(log.traceId, logsTraceId);
      assertAttributes(log, { strategy: 'momentum' });
      assertAttributes(log.resource, { 'service.name': service, 'deployment.environment.name': 'desk' });
    }
  });
  await claim(`${metrics} metric points are accepted`, async () => {
    assert.equal((await sidelight.status()).received.metricPointsNotStored - pointsBefore, metrics);
  });
}

export const telemetrygenVersion = `telemetrygen ${version}`;
