import { startChild, type Child } from './child.ts';

interface Addresses {
  grpcUrl: string;
  httpUrl: string;
  apiUrl: string;
  token: string;
}

interface Stored {
  traces: number;
  spans: number;
  logs: number;
  bytes: number;
}

/** The built, headless Sidelight. */
export interface EngineChild extends Child<Addresses> {
  /** Asks `/api` and resolves with the parsed answer. */
  ask(path: string): Promise<unknown>;
  stored(): Promise<Stored>;
}

export async function startEngine(dataDirectory: string): Promise<EngineChild> {
  const ports = ['--grpc-port', '0', '--http-port', '0', '--ui-port', '0'];
  const child = await startChild<Addresses>('out/main/headless.js', ['--json', '--data-dir', dataDirectory, ...ports]);
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(child.ready.apiUrl + path, { headers: { authorization: `Bearer ${child.ready.token}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return { ...child, ask, stored: async () => ((await ask('/status')) as { stored: Stored }).stored };
}
