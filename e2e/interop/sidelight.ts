import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import type { EngineStatus, LogItem, LogPage, SpanDetail, TracePage, TraceSpans } from '#proto/bridge/shapes';
import { AppProcess } from '../hosts/app-process.ts';

/** The Sidelight that every participant sends to, and what a program learns from its API. */
export class Sidelight {
  /** OTLP/gRPC, `http://localhost:PORT`. */
  readonly grpcUrl: string;
  /** OTLP/HTTP, without a path. */
  readonly httpUrl: string;
  readonly #apiUrl: string;
  readonly #token: string;
  readonly #app: AppProcess;
  readonly #dataDirectory: string;

  private constructor(app: AppProcess, dataDirectory: string, ready: Awaited<ReturnType<AppProcess['ready']>>) {
    this.#app = app;
    this.#dataDirectory = dataDirectory;
    this.grpcUrl = ready.grpcUrl;
    this.httpUrl = ready.httpUrl;
    this.#apiUrl = ready.apiUrl;
    this.#token = ready.token;
  }

  /** Headless, as built, on free ports and a data directory that goes with it. */
  static async start(): Promise<Sidelight> {
    const dataDirectory = mkdtempSync(path.join(tmpdir(), 'sidelight-interop-'));
    const ports = ['--grpc-port', '0', '--http-port', '0', '--ui-port', '0'];
    const app = new AppProcess(
      spawn(process.execPath, ['out/main/headless.js', '--json', '--data-dir', dataDirectory, ...ports], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    return new Sidelight(app, dataDirectory, await app.ready());
  }

  status(): Promise<z.infer<typeof EngineStatus>> {
    return this.#ask('/status');
  }

  /** Newest first. */
  async traceIds(query: string): Promise<string[]> {
    const { items } = await this.#ask<z.infer<typeof TracePage>>(`/traces?limit=1000&query=${encodeURIComponent(query)}`);
    return items.map(({ traceId }) => traceId);
  }

  /** In order of start; empty where nothing of the trace has arrived. */
  async spans(traceId: string): Promise<z.infer<typeof SpanDetail>[]> {
    const response = await this.#fetch(`/traces/${traceId}`);
    if (response.status === 404) return [];
    return (await answer<z.infer<typeof TraceSpans>>(response)).spans;
  }

  /** In order of time. */
  async logs(query: string): Promise<z.infer<typeof LogItem>[]> {
    return (await this.#ask<z.infer<typeof LogPage>>(`/logs?order=oldest&limit=1000&query=${encodeURIComponent(query)}`)).items;
  }

  async stop(): Promise<void> {
    await this.#app.end().finally(() => rmSync(this.#dataDirectory, { recursive: true, force: true }));
  }

  async #ask<Answer>(address: string): Promise<Answer> {
    return answer(await this.#fetch(address));
  }

  #fetch(address: string): Promise<Response> {
    return fetch(this.#apiUrl + address, { headers: { authorization: `Bearer ${this.#token}` } });
  }
}

async function answer<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
