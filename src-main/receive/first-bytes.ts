/** What a client speaks, as far as its first bytes tell. */
export type FirstBytes = 'http1' | 'http2' | 'tls' | 'unknown';

/** HTTP/2 begins with these in plain text (RFC 9113, section 3.4), and gRPC is always HTTP/2. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Never more than these are needed. */
export const maxFirstBytes = preface.length;

/** A TLS record of a handshake, and the first byte of every version of TLS (RFC 8446, section 5.1). */
const tlsHandshake = 0x16;
const tlsMajorVersion = 0x03;

/** HTTP/1.1: a method; or an empty line before it, which servers are to overlook (RFC 9112, section 2.2). */
const beginsRequest = /^[A-Za-z\r\n]/;

/** `undefined`: more bytes are needed. */
export function recognise(head: Buffer): FirstBytes | undefined {
  if (head.length === 0) return undefined;
  if (head[0] === tlsHandshake) return head.length === 1 ? undefined : secondOfTls(head);
  if (preface.subarray(0, head.length).equals(head.subarray(0, preface.length))) return head.length < preface.length ? undefined : 'http2';
  return beginsRequest.test(head.toString('latin1', 0, 1)) ? 'http1' : 'unknown';
}

function secondOfTls(head: Buffer): FirstBytes {
  return head[1] === tlsMajorVersion ? 'tls' : 'unknown';
}
