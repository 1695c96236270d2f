import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReceiverStatus } from '#proto/bridge/shapes';
import { runSelfTest } from './self-test.ts';

const at = (protocol: 'grpc' | 'http', port: number): ReceiverStatus => ({
  protocol,
  port,
  state: 'listening',
  url: `http://127.0.0.1:${port}`,
  message: '',
});

/** A program that answers everything with `answer`. */
async function answering(answer: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a self-test that fails', () => {
  const isStored = async (): Promise<boolean> => false;

  it('says that something else answers', async () => {
    const port = await answering('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const { steps, traceId } = await runSelfTest({ receivers: [at('http', port), at('grpc', port)], isStored });
    expect(steps.map(({ ok }) => ok)).toEqual([true, false, true, false]);
    expect(steps[1]?.message).toContain('404');
    expect(steps[3]?.message).toMatch(/^It did not get through: ./);
    expect(traceId).toBeUndefined();
  });

  it('says that nothing answers', async () => {
    const port = await freePort();
    const { steps } = await runSelfTest({ receivers: [at('http', port), at('grpc', port)], isStored });
    expect(steps.filter(({ ok }) => !ok).map(({ message }) => message)).toEqual([
      expect.stringContaining('ECONNREFUSED'),
      expect.stringContaining('ECONNREFUSED'),
    ]);
  });

  it('says that what was accepted is not there', async () => {
    const port = await answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const { steps, traceId } = await runSelfTest({ receivers: [at('http', port)], isStored });
    expect(steps.at(-1)).toMatchObject({ ok: false, message: expect.stringContaining('the store does not have it') });
    expect(traceId).toBeUndefined();
  });

  it('has a step for a store that cannot answer', async () => {
    const port = await answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const { steps } = await runSelfTest({ receivers: [at('http', port)], isStored: () => Promise.reject(new Error('It is restarting.')) });
    expect(steps.at(-1)).toMatchObject({ ok: false, message: 'The store could not be asked: It is restarting.' });
  });
});
