import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtWith, goEnvironment, goVersion, missingGo } from '../go-toolchain.ts';
import { install } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { claimGenerated, generate, installTelemetrygen, telemetrygenVersion } from '../telemetrygen/generate.ts';

const folder = path.join(import.meta.dirname, 'program');
const collector = path.join(folder, 'bin', 'collector');

/** The OpenTelemetry Collector, fed by telemetrygen, forwards to Sidelight. */
export const collectorForwarding: Participant = {
  name: 'collector',
  missing: missingGo,
  install: async () => {
    await installTelemetrygen();
    await install({ folder, pins: ['go.mod', 'go.sum', 'main.go'], commands: [['go', 'build', '-o', collector, '.']], env: goEnvironment });
  },
  versions: () => {
    const name = 'go.opentelemetry.io/collector/otelcol';
    return `${name} ${builtWith(collector, name)}, ${telemetrygenVersion}, Go ${goVersion()}`;
  },
  runs: [
    forwardingRun('otlp exporter (gRPC)', 'grpc', ({ sidelight }) => ({
      otlp: { endpoint: new URL(sidelight.grpcUrl).host, tls: { insecure: true }, sending_queue: { enabled: false } },
    })),
    forwardingRun('otlphttp exporter', 'http', ({ sidelight }) => ({
      otlphttp: { endpoint: sidelight.httpUrl, sending_queue: { enabled: false } },
    })),
    forwardingRun('otlphttp exporter, JSON, behind a batch processor', 'json', ({ sidelight }) => ({
      otlphttp: { endpoint: sidelight.httpUrl, encoding: 'json', compression: 'zstd' },
    })),
  ],
};

function forwardingRun(name: string, run: string, exporters: (stage: Stage) => Record<string, object>): Run {
  return {
    name,
    async run(stage) {
      const { metricPointsNotStored } = (await stage.sidelight.status()).received;
      const service = `collector-${run}`;
      const configuration = mkdtempSync(path.join(tmpdir(), 'sidelight-collector-'));
      try {
        const file = path.join(configuration, 'collector.json');
        writeFileSync(file, JSON.stringify(forwarding(exporters(stage), run === 'json')));
        const program = stage.programs.start([collector, '--config', `file:${file}`], { cwd: folder });
        const [, port = ''] = await program.line(/Starting GRPC server.*127\.0\.0\.1:(\d+)/);
        await program.line(/Everything is ready/);
        const logsTraceId = await generate(stage, `http://127.0.0.1:${port}`, 'grpc', service);
        await program.stop('SIGTERM');
        await claimGenerated(stage, service, logsTraceId, metricPointsNotStored);
      } finally {
        rmSync(configuration, { recursive: true, force: true });
      }
    },
  };
}

/** JSON is YAML. */
function forwarding(exporters: Record<string, object>, batched: boolean): object {
  const pipeline = { receivers: ['otlp'], processors: batched ? ['batch'] : [], exporters: Object.keys(exporters) };
  return {
    receivers: { otlp: { protocols: { grpc: { endpoint: '127.0.0.1:0' } } } },
    processors: { batch: {} },
    exporters,
    service: { telemetry: { metrics: { level: 'none' } }, pipelines: { traces: pipeline, logs: pipeline, metrics: pipeline } },
  };
}
