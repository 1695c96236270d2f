import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type JsonMessage, toJson, toProtobuf } from '#main/decode/fixtures/encode';
import { startEngine } from './engine.ts';
import type { Engine, EngineOptions } from './interface.ts';

export type WireEncoding = 'protobuf' | 'json';

export interface Answer {
  status: number;
  /** Of JSON; what protobuf was answered with, in bytes. */
  body: unknown;
}

export interface RunningEngine {
  engine: Engine;
  dataDirectory: string;
  post(signal: 'traces' | 'logs' | 'metrics', encoding: WireEncoding, request: JsonMessage | Uint8Array): Promise<Answer>;
  stop(): Promise<void>;
}

/** An engine on any ports and a data directory that goes with it. */
export async function runningEngine(options: Partial<EngineOptions> = {}): Promise<RunningEngine> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(path.join(tmpdir(), 'sidelight-engine-'));
  const engine = await startEngine({ dataDirectory, grpcPort: 0, httpPort: 0, maxStoredBytes: 1e9, ...options });
  const url = (await engine.status()).receivers.find(({ protocol }) => protocol === 'http')?.url ?? '';
  return {
    engine,
    dataDirectory,
    async post(signal, encoding, request) {
      const contentType = encoding === 'json' ? 'application/json' : 'application/x-protobuf';
      const bytes = request instanceof Uint8Array ? request : encoding === 'json' ? toJson(request) : toProtobuf(signal, request);
      const body = new Uint8Array(bytes);
      const response = await fetch(`${url}/v1/${signal}`, { method: 'POST', headers: { 'content-type': contentType }, body });
      return { status: response.status, body: encoding === 'json' ? await response.json() : new Uint8Array(await response.arrayBuffer()) };
    },
    async stop() {
      await engine.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
