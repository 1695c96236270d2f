import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closedPort } from '../closed-port.ts';
import { install } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { claimShop } from './claims.ts';

const folder = path.join(import.meta.dirname, 'program');

/** Two Express services that know nothing of OpenTelemetry, instrumented without a line of code. */
export const nodeServices: Participant = {
  name: 'node',
  missing: () => undefined,
  install: () =>
    install({
      folder,
      pins: ['package.json', 'package-lock.json'],
      commands: [['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts']],
    }),
  versions: () => {
    const names = ['@opentelemetry/auto-instrumentations-node', 'express', 'pg', 'pino', 'winston'];
    return [`Node ${process.versions.node}`, ...names.map((name) => `${name} ${installedVersion(name)}`)].join(', ');
  },
  runs: [
    shopRun('gRPC', 'grpc', ({ sidelight }) => sidelight.grpcUrl),
    shopRun('HTTP, protobuf', 'http/protobuf', ({ sidelight }) => sidelight.httpUrl),
    shopRun('HTTP, JSON', 'http/json', ({ sidelight }) => sidelight.httpUrl),
  ],
};

function installedVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function shopRun(name: string, protocol: string, endpoint: (stage: Stage) => string): Run {
  const service = (role: string): string => `node-${protocol.replace('/', '-')}-${role}`;
  return {
    name,
    async run(stage) {
      const dead = await closedPort();
      const start = async (role: string, stockUrl: string) => {
        const program = stage.programs.start(
          [process.execPath, '--require', '@opentelemetry/auto-instrumentations-node/register', 'server.js', role, stockUrl, String(dead)],
          {
            cwd: folder,
            env: {
              OTEL_SERVICE_NAME: service(role),
              OTEL_RESOURCE_ATTRIBUTES: 'service.version=2.4.0,deployment.environment.name=desk',
              OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(stage),
              OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
              // The detectors of clouds wait for an answer that does not come.
              OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process',
            },
          },
        );
        return { program, url: `http://127.0.0.1:${(await program.line(/^listening on (\d+)$/))[1]}` };
      };
      const stock = await start('stock', '-');
      const shop = await start('shop', stock.url);
      const stop = async (): Promise<void> => {
        await Promise.all([shop, stock].map(({ program }) => program.stop('SIGTERM')));
      };
      await claimShop(stage, { shopUrl: shop.url, stop, services: { shop: service('shop'), stock: service('stock') } });
    },
  };
}
