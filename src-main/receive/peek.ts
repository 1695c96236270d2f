import type { Socket } from 'node:net';
import { type FirstBytes, recognise } from './first-bytes.ts';

/**
 * Looks at a new socket's first bytes and puts them back, so that whoever takes the socket from here reads it from its start. Silence is ended after `timeoutMs`. A client
 * that closes without a word (a port scan, a script that waits for the port) is none to tell of.
 */
export function peek(socket: Socket, timeoutMs: number, onRecognised: (protocol: FirstBytes, head: Buffer) => void): void {
  let head = Buffer.of();
  const give = (protocol: FirstBytes): void => {
    stop();
    onRecognised(protocol, head);
  };
  const read = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    head = Buffer.concat([head, chunk]);
    const protocol = recognise(head);
    if (protocol === undefined) return;
    socket.unshift(head);
    give(protocol);
  };
  const end = (): void => {
    if (head.length === 0) destroy();
    else give('unknown');
  };
  const destroy = (): void => void socket.destroy();
  const timer = setTimeout(destroy, timeoutMs);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', read).off('end', end).off('error', destroy).off('close', stop);
  };
  socket.on('readable', read).on('end', end).on('error', destroy).on('close', stop);
}
