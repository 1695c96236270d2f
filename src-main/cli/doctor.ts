import type { DoctorReport } from '#proto/bridge/doctor';
import type { EngineStatus } from '#proto/bridge/shapes';
import { findInstance } from '#main/client/instance';
import { doctorText } from '#main/serve/doctor-text';
import type { DoctorOptions } from './doctor-command.ts';
import { printError } from './print.ts';

/** Prints what the doctor of the running instance has found. Resolves with the exit code: 0 healthy, 1 problems, 2 none runs. */
export async function doctor({ json, dataDirectory }: DoctorOptions): Promise<number> {
  const instance = await findInstance(dataDirectory);
  if (instance === undefined) {
    printError(`No Sidelight runs on ${dataDirectory}. Start one: npm start, or sidelight serve.`);
    return 2;
  }
  const [report, status] = await Promise.all([instance.ask('/doctor') as Promise<DoctorReport>, instance.status()]);
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : doctorText(report, status, Date.now()));
  return isHealthy(report, status) ? 0 : 1;
}

/** Advice is no problem. */
function isHealthy({ findings }: DoctorReport, { receivers }: EngineStatus): boolean {
  return findings.every(({ severity }) => severity === 'advice') && receivers.every(({ state }) => state === 'listening');
}
