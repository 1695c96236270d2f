import type { PlainAttributes, ServiceName } from './plan.ts';

interface Service {
  version: string;
  instanceId: string;
  pid: number;
  command: string;
  port: number;
}

/** Three Python programs on one developer's machine. */
export const services: Record<ServiceName, Service> = {
  'ktrdr-api': {
    version: '1.14.2',
    instanceId: '5f0c1c52-6b0e-4a58-9a55-0c1f6f3f9b21',
    pid: 41_207,
    command: 'uvicorn ktrdr.api.main:app --port 8000 --reload',
    port: 8000,
  },
  'ib-host-service': {
    version: '0.9.6',
    instanceId: 'b7a1d6ce-2c8f-4d7e-8a7b-3a0f2f9c5e10',
    pid: 40_981,
    command: 'uvicorn ib_host.main:app --port 5001',
    port: 5001,
  },
  'training-host-service': {
    version: '0.12.0',
    instanceId: '0e7d3a94-71f5-4c0d-b1c4-9f6d2b8e4a37',
    pid: 41_033,
    command: 'uvicorn training_host.main:app --port 5002',
    port: 5002,
  },
};

/** As Python's SDK and its resource detectors describe a process. */
export function resourceAttributes(name: ServiceName): PlainAttributes {
  const { version, instanceId, pid, command } = services[name];
  return {
    'telemetry.sdk.language': 'python',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '1.38.0',
    'telemetry.auto.version': '0.59b0',
    'service.name': name,
    'service.namespace': 'ktrdr',
    'service.version': version,
    'service.instance.id': instanceId,
    'deployment.environment': 'development',
    'host.name': 'workbench',
    'os.type': 'linux',
    'process.pid': pid,
    'process.command_line': command,
    'process.runtime.name': 'cpython',
    'process.runtime.version': '3.12.7',
  };
}

/** Instrumentations carry their version, a service's own modules have none. */
export function scopeVersion(scope: string): string {
  return scope.startsWith('opentelemetry.instrumentation.') ? '0.59b0' : '';
}
