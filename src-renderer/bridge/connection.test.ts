import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { RPCLink } from '@orpc/client/message-port';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { contract } from '#proto/bridge/contract';
import type { ChangeEvent } from '#proto/bridge/shapes';
import { keepConnected, type EngineConnection } from './connection.ts';
import { DisconnectedError, linkPlugins, UnauthorisedError, type Line, type Transport } from './transport.ts';

/** An engine of two methods behind real message ports, which can be taken away and given back. */
class PortEngine implements Transport {
  /** What the next attempts do. */
  mode: 'open' | 'away' | 'unauthorised' = 'open';
  attempts = 0;
  version = 1;
  #lines = new Set<MessagePort>();
  #wake = Promise.withResolvers<void>();

  readonly #handler = new RPCHandler({
    services: implement(contract.services).handler(() => new Promise(() => undefined)),
    samples: { send: implement(contract.samples.send).handler(() => ({ traceIds: ['a'] })) },
    changes: implement(contract.changes).handler(() => this.#changes()),
  });

  async *#changes(): AsyncGenerator<ChangeEvent> {
    for (;;) {
      yield { version: this.version, traces: 0, spans: 0, logs: 0 };
      await this.#wake.promise;
    }
  }

  publish(version: number): void {
    this.version = version;
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  hangUp(): void {
    for (const port of this.#lines) port.close();
    this.#lines.clear();
  }

  async open(): Promise<Line> {
    this.attempts++;
    if (this.mode === 'unauthorised') throw new UnauthorisedError();
    if (this.mode === 'away') throw new Error('Nobody answers.');
    const { port1, port2 } = new MessageChannel();
    this.#lines.add(port1);
    this.#handler.upgrade(port1);
    port1.start();
    let isOpen = true;
    port2.addEventListener('close', () => {
      isOpen = false;
    });
    const link = new RPCLink({ port: port2, plugins: linkPlugins });
    port2.start();
    return { link, isOpen: () => isOpen, close: () => port2.close() };
  }
}

describe('a page that keeps its line to the engine', () => {
  let connection: EngineConnection | undefined;
  const connectTo = (engine: PortEngine) => (connection = keepConnected(engine));
  afterEach(() => connection?.close());

  it('waits for the first line, calls over it, and follows the changes', async () => {
    const engine = new PortEngine();
    const { bridge, state, change } = connectTo(engine);
    expect(state.get()).toBe('connecting');
    expect(await bridge.samples.send()).toEqual({ traceIds: ['a'] });
    expect(state.get()).toBe('connected');
    await vi.waitFor(() => expect(change.get()?.version).toBe(1));
    engine.publish(2);
    await vi.waitFor(() => expect(change.get()?.version).toBe(2));
  });

  it('tells a call that its line did not survive, and the next ones at once', async () => {
    const engine = new PortEngine();
    const { bridge, state } = connectTo(engine);
    await bridge.samples.send();
    const call = bridge.services().catch((reason: unknown) => reason);
    engine.mode = 'away';
    engine.hangUp();
    expect(await call).toBeInstanceOf(DisconnectedError);
    await vi.waitFor(() => expect(state.get()).toBe('lost'));
    await expect(bridge.samples.send()).rejects.toBeInstanceOf(DisconnectedError);
  });

  it('comes back by itself, and to the changes', async () => {
    const engine = new PortEngine();
    const { bridge, state, change } = connectTo(engine);
    await bridge.samples.send();
    engine.mode = 'away';
    engine.hangUp();
    const before = engine.attempts;
    await vi.waitFor(() => expect(engine.attempts).toBeGreaterThan(before), { timeout: 5000 });
    engine.version = 7;
    engine.mode = 'open';
    await vi.waitFor(() => expect(state.get()).toBe('connected'), { timeout: 5000 });
    await vi.waitFor(() => expect(change.get()?.version).toBe(7));
    expect(await bridge.samples.send()).toEqual({ traceIds: ['a'] });
  });

  it('says so when the engine does not let it in, and notices when it does', async () => {
    const engine = new PortEngine();
    engine.mode = 'unauthorised';
    const { bridge, state } = connectTo(engine);
    await expect(bridge.samples.send()).rejects.toBeInstanceOf(DisconnectedError);
    expect(state.get()).toBe('unauthorised');
    engine.mode = 'open';
    await vi.waitFor(() => expect(state.get()).toBe('connected'), { timeout: 5000 });
  });

  it('lets go when it is closed', async () => {
    const engine = new PortEngine();
    const { bridge, state, close } = connectTo(engine);
    await bridge.samples.send();
    close();
    await vi.waitFor(() => expect(state.get()).toBe('lost'));
    const { attempts } = engine;
    await expect(bridge.samples.send()).rejects.toBeInstanceOf(DisconnectedError);
    expect(engine.attempts).toBe(attempts);
  });
});
