import path from 'node:path';
import { install, missingTool, toolVersion } from '../install.ts';
import type { Participant, Run, Stage } from '../participant.ts';
import { claimDesk } from './claims.ts';
import { folder, python, startDesk, type DeskOptions, type Role } from './desk.ts';

/** Three FastAPI services that call each other with httpx: the kind of system that Sidelight was made for. */
export const pythonServices: Participant = {
  name: 'python',
  missing: () => missingTool(['python3', '-c', 'import venv, ensurepip'], 'python3 with venv'),
  install: () =>
    install({
      folder,
      pins: ['requirements.txt'],
      commands: [
        ['python3', '-m', 'venv', 'venv'],
        [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', 'requirements.txt'],
      ],
    }),
  versions: () => {
    const show = [python, '-m', 'pip', 'list', '--disable-pip-version-check'];
    const version = (name: string): string => `${name} ${toolVersion(show, new RegExp(`^${name} +(\\S+)`, 'm'))}`;
    return [`Python ${toolVersion([python, '--version'], /([\d.]+)/)}`, ...['opentelemetry-sdk', 'fastapi', 'httpx'].map(version)].join(
      ', ',
    );
  },
  runs: [
    deskRun('gRPC, configured by OTLP_ENDPOINT alone', 'own', (stage) => ({
      command: [python],
      env: () => ({ OTLP_ENDPOINT: stage.sidelight.grpcUrl }),
    })),
    deskRun('HTTP, opentelemetry-instrument and OTEL_* variables', 'http', (stage) =>
      zeroCode('http', { OTEL_EXPORTER_OTLP_ENDPOINT: stage.sidelight.httpUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }),
    ),
    deskRun('gRPC, opentelemetry-instrument and OTEL_* variables', 'grpc', (stage) =>
      zeroCode('grpc', { OTEL_EXPORTER_OTLP_ENDPOINT: stage.sidelight.grpcUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }),
    ),
  ],
};

type Configuration = Pick<DeskOptions, 'command' | 'env'>;

/** Names the services after the run, so that runs do not mix. */
const serviceName = (run: string, role: Role): string => `py-${run}-${role}`;

function zeroCode(run: string, exporter: Record<string, string>): Configuration {
  return {
    command: [path.join(folder, 'venv', 'bin', 'opentelemetry-instrument'), python],
    env: (role) => ({
      ...exporter,
      OTEL_SERVICE_NAME: serviceName(run, role),
      OTEL_RESOURCE_ATTRIBUTES: 'service.version=2.4.0,deployment.environment.name=desk',
      OTEL_PYTHON_LOG_CORRELATION: 'true',
    }),
  };
}

function deskRun(name: string, run: string, configure: (stage: Stage) => Configuration): Run {
  return {
    name,
    async run(stage) {
      const desk = await startDesk(stage.programs, { serviceName: (role) => serviceName(run, role), ...configure(stage) });
      await claimDesk(stage, desk, (role) => serviceName(run, role));
    },
  };
}
