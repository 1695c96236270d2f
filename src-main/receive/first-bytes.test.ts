import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { maxFirstBytes, recognise } from './first-bytes.ts';
import { requestTimeoutMs } from './limits.ts';
import { recording, start } from './receivers.fixture.ts';
import { sendRaw } from './wire.fixture.ts';

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const request =
  'POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}';

describe('recognise', () => {
  it.each([
    [preface, 'http2'],
    [`${preface}\0\0\0`, 'http2'],
    ['POST /v1/traces HTTP/1.1', 'http1'],
    ['PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n', 'http1'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\rx', 'http1'],
    ['PUT / HTTP/1.1', 'http1'],
    ['\r\nPOST / HTTP/1.1', 'http1'],
    ['\x16\x03\x01\x02\x00\x01', 'tls'],
    ['\x16\x02\x00', 'unknown'],
    ['\x80\x2e\x01\x03', 'unknown'],
    ['*1\r\n$4\r\nPING\r\n', 'unknown'],
    ['{"resourceSpans":[]}', 'unknown'],
    ['\0', 'unknown'],
  ])('%j is %s', (bytes, protocol) => {
    expect(recognise(Buffer.from(bytes, 'latin1'))).toBe(protocol);
  });

  it('asks for more only while there is a doubt, and never for more than it says', () => {
    const undecided = (bytes: string): number[] =>
      Array.from({ length: bytes.length + 1 }, (_, length) => length).filter(
        (length) => recognise(Buffer.from(bytes, 'latin1').subarray(0, length)) === undefined,
      );
    expect(undecided(preface)).toEqual(Array.from({ length: maxFirstBytes }, (_, length) => length));
    expect(undecided('POST / HTTP/1.1')).toEqual([0, 1]);
    expect(undecided('GET / HTTP/1.1')).toEqual([0]);
    expect(undecided('\x16\x03\x01')).toEqual([0, 1]);
  });
});

describe('a client that is slow to begin', () => {
  it('is understood byte by byte, in HTTP/1.1', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    expect(await trickle(port, request)).toContain('HTTP/1.1 200 OK');
    expect(requests).toMatchObject([{ signal: 'logs', protocol: 'http/json', port }]);
  });

  it('is understood byte by byte, in HTTP/2', async () => {
    const { port } = await start(recording().options);
    // An empty SETTINGS frame, answered by the server's own: a length in three bytes, then the type 4.
    const answer = await trickle(port, `${preface}\0\0\0\x04\0\0\0\0\0`);
    expect(answer.charCodeAt(3)).toBe(4);
  });

  it('is closed if it says nothing, or not enough, for as long as a request may take', async () => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    for (const bytes of ['', 'PRI * HT', '\x16']) {
      const socket = net.connect(port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
      const timers = vi.getTimerCount();
      socket.write(Buffer.from(bytes, 'latin1'));
      await vi.waitUntil(() => vi.getTimerCount() > timers, { interval: 1 });
      vi.advanceTimersByTime(requestTimeoutMs);
      await closed;
      expect(vi.getTimerCount()).toBe(timers);
    }
    expect(recorded.mistakes).toEqual([]);
  });

  it('leaves nothing behind if it goes away', async () => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const socket = net.connect(port, '127.0.0.1');
      await vi.waitUntil(() => vi.getTimerCount() === 1, { interval: 1 });
      socket[leave]();
      await vi.waitUntil(() => vi.getTimerCount() === 0, { interval: 1 });
    }
    expect(recorded.mistakes).toEqual([]);
  });

  it('that ends in the middle of its first bytes is told that they are no protocol', async () => {
    const { options, mistakes } = recording();
    const { port } = await start(options);
    const socket = net.connect(port, '127.0.0.1');
    const answer = once(socket, 'data');
    socket.end('PRI * HTTP');
    expect(String((await answer)[0])).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(mistakes).toEqual([{ kind: 'not-otlp', port, userAgent: '', detail: 'PRI * HTTP' }]);
  });
});

it('gives back the bytes that it looked at, however many came at once', async () => {
  const { options, requests } = recording();
  const { port } = await start(options);
  const body = JSON.stringify({ resourceLogs: ['x'.repeat(200_000)] });
  const large = request.replace('Length: 2', `Length: ${body.length}`).replace('{}', body);
  expect(await sendRaw(port, large)).toContain('HTTP/1.1 200 OK');
  expect(Buffer.from(requests[0]?.payload ?? []).toString()).toBe(body);
});

/** Each byte in a packet of its own, as far as the loopback goes along; what came back first. */
async function trickle(port: number, bytes: string): Promise<string> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  onTestFinished(() => void socket.destroy());
  const answer = once(socket, 'data');
  for (const byte of Buffer.from(bytes, 'latin1')) await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
  return String((await answer)[0]);
}
