import { goVersion, missingGo } from '../go-toolchain.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { claimGenerated, generate, installTelemetrygen, telemetrygenVersion } from './generate.ts';

/** The Collector project's own load generator. */
export const telemetrygen: Participant = {
  name: 'telemetrygen',
  missing: missingGo,
  install: installTelemetrygen,
  versions: () => `${telemetrygenVersion}, Go ${goVersion()}`,
  runs: [
    generatorRun('gRPC', 'grpc', ({ sidelight }) => sidelight.grpcUrl),
    generatorRun('HTTP', 'http', ({ sidelight }) => sidelight.httpUrl),
  ],
};

function generatorRun(name: string, protocol: 'grpc' | 'http', endpoint: (stage: Stage) => string): Run {
  return {
    name,
    async run(stage) {
      const { metricPointsNotStored } = (await stage.sidelight.status()).received;
      const service = `telemetrygen-${protocol}`;
      const logsTraceId = await generate(stage, endpoint(stage), protocol, service);
      await claimGenerated(stage, service, logsTraceId, metricPointsNotStored);
    },
  };
}
