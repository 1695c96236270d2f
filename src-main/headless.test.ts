import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { closeServer, listenOnLoopback } from './base/listen-on-loopback.ts';

const entry = path.join(import.meta.dirname, '../out/main/headless.js');
const anyPorts = ['--grpc-port', '0', '--http-port', '0', '--ui-port', '0'];

/** `serve` as a child process, from its sources. */
class Served {
  stdout = '';
  stderr = '';
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...env } });
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => (this.stdout += chunk));
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => (this.stderr += chunk));
    this.exit = once(this.#child, 'close').then(([code]: (number | null)[]) => code ?? null);
  }

  /** The line on stdout, once it is there. */
  ready() {
    return vi.waitFor(() => JSON.parse(this.stdout), { timeout: 20_000 });
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return await this.exit;
  }
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'sidelight-serve-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The port of a program that is not ours. */
async function takenPort(): Promise<number> {
  const { port, servers } = await listenOnLoopback(0, createServer);
  onTestFinished(async () => void (await Promise.all(servers.map(closeServer))));
  return port;
}

describe('serve', () => {
  const children: Served[] = [];
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.stop('SIGKILL')));
  });

  function serve(args: readonly string[], env?: Record<string, string>): Served {
    const child = new Served(args, env);
    children.push(child);
    return child;
  }

  it('prints one line when it is ready, takes telemetry, answers, and ends in order', async () => {
    const child = serve(['--json', '--data-dir', temporaryDirectory(), ...anyPorts]);
    const ready = await child.ready();
    expect(ready).toEqual({
      event: 'ready',
      grpcUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      httpUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      uiUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/\?token=[\w-]{32}$/),
      apiUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/api$/),
      token: expect.stringMatching(/^[\w-]{32}$/),
    });

    const headers = { authorization: `Bearer ${ready.token}` };
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const span = {
      traceId,
      spanId: 'b7ad6b7169203331',
      name: 'GET /',
      kind: 2,
      startTimeUnixNano: '1544712660300000001',
      endTimeUnixNano: '1544712660300000003',
    };
    const exported = await fetch(`${ready.httpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    });
    expect(exported.status).toBe(200);
    const found = await fetch(`${ready.apiUrl}/traces/${traceId}`, { headers });
    expect(await found.json()).toMatchObject({ spans: [{ name: 'GET /', endTimeUnixNano: '1544712660300000003' }] });
    expect((await fetch(`${ready.apiUrl}/traces`)).status).toBe(401);

    expect(await child.stop('SIGTERM')).toBe(0);
    expect(child.stdout).toBe(`${JSON.stringify(ready)}\n`);
    expect(child.stderr).toBe('');
    await expect(fetch(ready.apiUrl, { headers })).rejects.toThrow('fetch failed');
  });

  it('takes the token that it is given, and ends on Ctrl+C as well, also when npm hands it on a second time', async () => {
    const token = 'given-token-0123456789abcdef';
    const child = serve(['--json', '--data-dir', temporaryDirectory(), ...anyPorts, '--token', token]);
    const ready = await child.ready();
    expect(ready.token).toBe(token);
    expect((await fetch(`${ready.apiUrl}/status`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    void child.stop('SIGINT');
    expect(await child.stop('SIGINT')).toBe(0);
    expect(child.stderr).toBe('');
  });

  it('runs on when the port of a receiver is taken, and says so', async () => {
    const port = await takenPort();
    const child = serve(['--json', '--data-dir', temporaryDirectory(), '--grpc-port', String(port), '--http-port', '0', '--ui-port', '0']);
    expect(await child.ready()).toMatchObject({ grpcUrl: null, httpUrl: expect.stringContaining('http') });
    await vi.waitFor(() => expect(child.stderr).toMatch(new RegExp(`^sidelight: .*${port}.*\\n$`)));
    expect(await child.stop('SIGTERM')).toBe(0);
  });

  it('speaks in words without --json, and keeps its data where the platform says', async () => {
    const home = temporaryDirectory();
    const child = serve(anyPorts, { XDG_DATA_HOME: home, HOME: home, APPDATA: home });
    await vi.waitFor(() => expect(child.stdout).toContain('Ctrl+C'), { timeout: 20_000 });
    expect(child.stdout).toMatch(/Open +http:\/\/localhost:\d+\/\?token=[\w-]+\n/);
    expect(child.stdout).toContain(home);
    expect(await child.stop('SIGTERM')).toBe(0);
  });

  it('says in one line that another one uses the data directory', async () => {
    const directory = temporaryDirectory();
    const first = serve(['--json', '--data-dir', directory, ...anyPorts]);
    await first.ready();
    const second = serve(['--json', '--data-dir', directory, ...anyPorts]);
    expect(await second.exit).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toMatch(/^sidelight: [^\n]+\n$/);
    expect(await first.stop('SIGTERM')).toBe(0);
  });

  it('says in one line that the port of the page is taken', async () => {
    const port = await takenPort();
    const child = serve(['--json', '--data-dir', temporaryDirectory(), '--grpc-port', '0', '--http-port', '0', '--ui-port', String(port)]);
    expect(await child.exit).toBe(1);
    expect(child.stdout).toBe('');
    expect(child.stderr).toBe(`sidelight: Port ${port} is taken by another program.\n`);
  });

  it('refuses arguments that it does not know, and shows no escape sequence of theirs', async () => {
    const child = serve(['--nope\u001b[31m']);
    expect(await child.exit).toBe(2);
    expect(child.stdout).toBe('');
    expect(child.stderr).toMatch(/^sidelight: .*nope\\u001b\[31m/);
    expect(child.stderr).toContain('--data-dir');
  });

  it('explains itself', async () => {
    const child = serve(['--help']);
    expect(await child.exit).toBe(0);
    expect(child.stdout).toContain('--data-dir');
  });
});
