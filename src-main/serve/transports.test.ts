import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contract } from '#proto/bridge/contract';
import { decodeTraceColumns } from '#proto/bridge/trace-columns';
import { startUiServer } from './http-server.ts';
import { InMemoryEngine, spanId, takenPort, traceId } from './in-memory-engine.fixture.ts';
import { serveMessagePort } from './message-port.ts';
import { createRouter } from './router.ts';

interface Line {
  bridge: ContractRouterClient<typeof contract>;
  /** Ends the line from the page's side. */
  hangUp(): void;
  /** Sends what is no request. */
  sendRubbish(): void;
  /** Resolves when the engine's side has ended the line. */
  ended: Promise<unknown>;
  cleanUp(): Promise<void>;
}

type Open = (engine: InMemoryEngine, report: (error: unknown) => void) => Promise<Line>;

const plugins = [new ResponseValidationPlugin(contract)];
const token = 'a-token-of-this-test-0123456789';

const overWebSocket: Open = async (engine, report) => {
  const server = await startUiServer({ router: createRouter(engine), engine, token, port: 0, uiDirectory: tmpdir(), report });
  const socket = new WebSocket(`ws://localhost:${server.port}/rpc`, { headers: { authorization: `Bearer ${token}` } });
  await once(socket, 'open');
  return {
    bridge: createORPCClient(new WebSocketLink({ websocket: socket, plugins })),
    hangUp: () => socket.close(),
    sendRubbish: () => socket.send('{"no":"request"'),
    ended: once(socket, 'close'),
    cleanUp: () => server.stop(),
  };
};

const overMessagePort: Open = async (engine, report) => {
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(createRouter(engine), port1, report);
  const link = new MessagePortLink({ port: browserPort(port2), plugins });
  return {
    bridge: createORPCClient(link),
    hangUp: () => port2.close(),
    sendRubbish: () => port2.postMessage('{"no":"request"'),
    ended: once(port2, 'close'),
    cleanUp: async () => port2.close(),
  };
};

function browserPort(port: MessagePort) {
  return {
    onMessage: { addListener: (listener: (data: unknown) => void) => void port.on('message', listener) },
    onDisconnect: { addListener: (listener: () => void) => void port.on('close', listener) },
    postMessage: (data: unknown) => port.postMessage(data),
  };
}

describe.each([
  ['WebSocket', overWebSocket],
  ['MessagePort', overMessagePort],
])('the bridge over a %s, with an engine in memory', (_name, open) => {
  const report = vi.fn<(error: unknown) => void>();
  let engine: InMemoryEngine;
  let line: Line;

  beforeEach(async () => {
    report.mockClear();
    engine = new InMemoryEngine();
    line = await open(engine, report);
  });
  afterEach(() => line.cleanUp());

  it('answers, with exact 64-bit values', async () => {
    const { bridge } = line;
    await expect(bridge.status()).resolves.toMatchObject({ version: '0.1.0' });
    await expect(bridge.services()).resolves.toMatchObject({ items: [{ name: 'api' }] });
    await expect(bridge.traces.structure({ traceId })).resolves.toMatchObject({
      spanId: [spanId],
      summary: { startTimeUnixNano: '1544712660300000001' },
    });
    const span = await bridge.traces.span({ traceId: traceId.toUpperCase(), spanId });
    expect(span.attributes).toEqual([{ key: 'n', value: { intValue: '9223372036854775807' } }]);
  });

  it('gives the columns of a trace as bytes', async () => {
    const file = await line.bridge.traces.columns({ traceId });
    expect(file.type).toBe('application/octet-stream');
    expect(decodeTraceColumns(new Uint8Array(await file.arrayBuffer()))).toEqual({
      ...(await engine.ask('traceColumns', { traceId })),
      spanIds: Uint8Array.from(Buffer.from(spanId, 'hex')),
    });
  });

  it('pins a trace and lets it go', async () => {
    for (const pinned of [true, false]) {
      await expect(line.bridge.traces.pin({ traceId, pinned })).resolves.toEqual({ pinned });
      await expect(line.bridge.traces.search({})).resolves.toMatchObject({ items: [{ pinned }] });
    }
    await expect(line.bridge.traces.pin({ traceId: 'f'.repeat(32), pinned: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives the engine defaults, and nothing that the contract does not name', async () => {
    await line.bridge.traces.search(JSON.parse('{"limit":7,"hidden":true}'));
    await line.bridge.logs.search({ spanId, traceId });
    expect(engine.searches).toEqual([
      { query: '', limit: 7 },
      { query: '', traceId, spanId, minSeverity: 0, order: 'newest', limit: 100 },
    ]);
  });

  it.each([
    ['a limit out of range', ({ bridge }: Line) => bridge.traces.search({ limit: 100_000 })],
    ['a trace id of zeros', ({ bridge }: Line) => bridge.traces.structure({ traceId: '0'.repeat(32) })],
    ['a path for an id', ({ bridge }: Line) => bridge.traces.span({ traceId, spanId: '../../etc/passwd' })],
    ['a prototype for input', ({ bridge }: Line) => bridge.logs.search(JSON.parse('{"__proto__":{"limit":5},"order":"sideways"}'))],
  ])('refuses %s as a bad request', async (_what, call) => {
    await expect(call(line)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(engine.searches).toEqual([]);
  });

  it('says where a query cannot be read', async () => {
    const error = await line.bridge.traces.search({ query: '"' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({
      code: 'BAD_QUERY',
      status: 400,
      defined: true,
      data: { position: 0, message: 'The quotation mark is not closed.' },
    });
  });

  it('tells what is not stored, a port that is taken and a store that is away apart', async () => {
    const { bridge } = line;
    const other = 'f'.repeat(32);
    await expect(bridge.traces.structure({ traceId: other })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    await expect(bridge.traces.columns({ traceId: other })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    await expect(bridge.traces.spans({ traceId: other })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    await expect(bridge.traces.span({ traceId, spanId: 'f'.repeat(16) })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    await expect(bridge.receivers.move({ protocol: 'grpc', port: takenPort })).rejects.toMatchObject({ code: 'PORT_TAKEN', defined: true });
    await expect(bridge.traces.search({ query: 'away' })).rejects.toMatchObject({ code: 'UNAVAILABLE', defined: true });
    expect(report).not.toHaveBeenCalled();
  });

  it('keeps the inside of a fault to itself, and reports it', async () => {
    const error = await line.bridge.traces.search({ query: 'boom' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'secret detail of the inside' }));
  });

  it('never passes on an answer that the contract does not allow', async () => {
    await expect(line.bridge.traces.search({ query: 'wrong' })).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(report).toHaveBeenCalledOnce();
  });

  it('tells of changes, and gives the subscription back when the page stops reading', async () => {
    const changes = await line.bridge.changes();
    expect((await changes.next()).value).toMatchObject({ version: 1 });
    const next = changes.next();
    engine.publish({ version: 2, spans: 10 });
    expect((await next).value).toEqual({ version: 2, traces: 1, spans: 10, logs: 0 });
    await changes.return();
    await vi.waitFor(() => expect(engine.listeners.size).toBe(0));
  });

  it('ends a subscription that is aborted', async () => {
    const controller = new AbortController();
    const changes = await line.bridge.changes(undefined, { signal: controller.signal });
    await changes.next();
    const next = changes.next();
    controller.abort();
    await expect(next).rejects.toThrow('abort');
    await vi.waitFor(() => expect(engine.listeners.size).toBe(0));
  });

  it('lets a call be aborted, and serves the next', async () => {
    const held = Promise.withResolvers<void>();
    const asked = new Promise<void>((resolve) => {
      engine.onServices = resolve;
    });
    engine.held = held.promise;
    const controller = new AbortController();
    const call = line.bridge.services(undefined, { signal: controller.signal });
    await asked;
    controller.abort();
    await expect(call).rejects.toThrow('abort');
    held.resolve();
    await expect(line.bridge.status()).resolves.toMatchObject({ version: '0.1.0' });
    expect(report).not.toHaveBeenCalled();
  });

  it('rejects what is under way when the page hangs up, and ends its subscriptions', async () => {
    const held = Promise.withResolvers<void>();
    engine.held = held.promise;
    const changes = await line.bridge.changes();
    await changes.next();
    expect(engine.listeners.size).toBe(1);
    const asked = new Promise<void>((resolve) => {
      engine.onServices = resolve;
    });
    const call = line.bridge.services();
    const outcome = call.catch((reason: unknown) => reason);
    await asked;
    line.hangUp();
    expect(await outcome).toBeInstanceOf(Error);
    await vi.waitFor(() => expect(engine.listeners.size).toBe(0));
    held.resolve();
    await line.ended;
    expect(report).not.toHaveBeenCalled();
  });

  it('closes a line on which something else is spoken', async () => {
    line.sendRubbish();
    await line.ended;
    expect(engine.searches).toEqual([]);
  });
});
