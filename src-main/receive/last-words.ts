import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Failure } from './failure.ts';
import { lingerMs } from './limits.ts';
import { statusResponse } from './responses.ts';

/** A fatal alert, handshake_failure (RFC 8446, section 6): TLS clients print its name, where they would call a closed socket a network problem. */
export const tlsAlert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28]);

/** For a client whose request could not be read far enough to answer it through Node's HTTP server. */
export function httpRefusal({ httpStatus, status }: Failure): Buffer {
  const body = statusResponse('json', status);
  const head = [
    `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/** Sends `bytes` and closes. What still comes is thrown away for a moment: a socket that is closed on unread data may take our answer with it. */
export function endWith(socket: Socket, bytes: Buffer): void {
  const destroy = (): void => void socket.destroy();
  const timer = setTimeout(destroy, lingerMs);
  socket.once('close', () => clearTimeout(timer)).on('error', destroy);
  socket.end(bytes);
  socket.resume();
}
