import { EventEmitter, once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { relayPorts } from './port-relay.ts';

/** Electron's end of a port, over one of Node's: the same messages, wrapped as Electron wraps them. */
function asMain(port: InstanceType<typeof MessageChannel>['port1']): MessagePortMain {
  const main = new EventEmitter();
  port.on('close', () => main.emit('close'));
  return Object.assign(main, {
    start: () => void port.on('message', (data) => main.emit('message', { data, ports: [] })),
    postMessage: (data: unknown) => port.postMessage(data),
    close: () => port.close(),
  });
}

function joined() {
  const window = new MessageChannel();
  const engine = new MessageChannel();
  relayPorts(asMain(window.port2), engine.port1);
  return { page: window.port1, engine: engine.port2 };
}

describe('relayPorts', () => {
  it('passes messages both ways, in order and unread', async () => {
    const { page, engine } = joined();
    page.postMessage('one');
    expect(await once(engine, 'message')).toEqual(['one']);
    engine.postMessage(new Uint8Array([1, 2]));
    expect(await once(page, 'message')).toEqual([new Uint8Array([1, 2])]);
    page.close();
  });

  it.each(['page', 'engine'] as const)('closes both ends when the %s closes its own', async (end) => {
    const ends = joined();
    const other = once(ends[end === 'page' ? 'engine' : 'page'], 'close');
    ends[end].close();
    await expect(other).resolves.toBeDefined();
  });
});
