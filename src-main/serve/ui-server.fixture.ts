import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startUiServer, type UiServer } from './http-server.ts';
import { InMemoryEngine } from './in-memory-engine.fixture.ts';
import { createRouter } from './router.ts';

export const token = 'a-token-of-this-test-0123456789';
export const bearer = { authorization: `Bearer ${token}` };

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  address?: string;
}

/** A real server on real sockets before an engine in memory, with a small page, and a secret beside the page's directory. */
export class TestServer {
  readonly engine = new InMemoryEngine();
  readonly reported: unknown[] = [];
  readonly directory = mkdtempSync(path.join(tmpdir(), 'sidelight-ui-'));
  #server: UiServer | undefined;

  async start(): Promise<void> {
    const uiDirectory = path.join(this.directory, 'renderer');
    mkdirSync(path.join(uiDirectory, 'assets'), { recursive: true });
    writeFileSync(path.join(uiDirectory, 'index.html'), '<!doctype html><title>Sidelight</title>');
    writeFileSync(path.join(uiDirectory, 'assets', 'index-abc123.js'), 'export {};');
    writeFileSync(path.join(this.directory, 'secret.txt'), 'secret');
    symlinkSync(path.join(uiDirectory, 'index.html'), path.join(uiDirectory, 'linked.html'));
    this.#server = await startUiServer({
      router: createRouter(this.engine),
      engine: this.engine,
      token,
      port: 0,
      uiDirectory,
      report: (error) => this.reported.push(error),
    });
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  get host(): string {
    return `localhost:${this.port}`;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    rmSync(this.directory, { recursive: true });
  }

  /** Not `fetch`, which would tidy the address up and would not let us send any Host. */
  request(target: string, { method = 'GET', headers = bearer, address = '127.0.0.1' }: Ask = {}): ClientRequest {
    return httpRequest({ host: address, port: this.port, path: target, method, agent: false, headers: { host: this.host, ...headers } });
  }

  async ask(target: string, options: Ask = {}): Promise<Answer> {
    const [response] = await once(this.request(target, options).end(options.body), 'response');
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  }

  async askJson(target: string, options?: Ask) {
    const { status, headers, body } = await this.ask(target, options);
    return { status, headers, json: JSON.parse(body) };
  }
}
