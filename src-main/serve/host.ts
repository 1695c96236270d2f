import { newToken } from '#main/base/bearer-token';
import { removeRunningFile, writeRunningFile } from '#main/base/running-file';
import { startEngine } from '#main/engine/engine';
import type { Engine, EngineOptions } from '#main/engine/interface';
import type { Report } from './report.ts';
import { createRouter, type BridgeRouter } from './router.ts';
import { startUiServer, type UiServer } from './http-server.ts';

/** Tried first, so that the page's address stays the same from start to start. One below OTLP's pair; no well-known tool listens there. */
const usualUiPort = 4316;

export interface HostOptions extends EngineOptions {
  /** 0: any free port. Undefined: the usual one, or any free one where that is taken. */
  uiPort: number | undefined;
  /** Undefined: a new one is made. */
  token: string | undefined;
  /** The built UI. */
  uiDirectory: string;
  report: Report;
}

/** How to reach everything. A receiver whose port is taken has no address. */
export interface HostAddresses {
  grpcUrl: string | undefined;
  httpUrl: string | undefined;
  /** Lets a browser in, once: it carries the token. */
  uiUrl: string;
  apiUrl: string;
  token: string;
}

/** An engine and the loopback server in front of it, under one owner. */
export interface Host {
  engine: Engine;
  /** For further transports, as the desktop's MessagePort. */
  router: BridgeRouter;
  addresses(): Promise<HostAddresses>;
  stop(): Promise<void>;
}

/**
 * Announces itself in the data directory, so that the command line finds it (`#main/base/running-file`). Rejects where the engine cannot start, or with `PortTakenError` where a UI
 * port was asked for that is taken. Nothing is left running then.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { uiPort, token = newToken(), uiDirectory, report } = options;
  const engine = await startEngine(options);
  const router = createRouter(engine);
  const startServer = (port: number) => startUiServer({ router, engine, token, port, uiDirectory, report });
  try {
    const server = uiPort === undefined ? await startServer(usualUiPort).catch(() => startServer(0)) : await startServer(uiPort);
    const { dataDirectory } = options;
    // A full disk or a read-only one: then it runs without being found.
    await writeRunningFile(dataDirectory, { pid: process.pid, ...(await addressesOf(engine, server, token)) }).catch(report);
    return {
      engine,
      router,
      addresses: () => addressesOf(engine, server, token),
      async stop() {
        await removeRunningFile(dataDirectory, { token }).catch(report);
        await server.stop();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

async function addressesOf(engine: Engine, { port }: UiServer, token: string): Promise<HostAddresses> {
  const { receivers } = await engine.status();
  const urlOf = (protocol: 'grpc' | 'http') =>
    receivers.find((receiver) => receiver.protocol === protocol && receiver.state === 'listening')?.url;
  const origin = `http://localhost:${port}`;
  return {
    grpcUrl: urlOf('grpc'),
    httpUrl: urlOf('http'),
    uiUrl: `${origin}/?token=${encodeURIComponent(token)}`,
    apiUrl: `${origin}/api`,
    token,
  };
}
