import { isIP, SocketAddress } from 'node:net';

const everywhere = new Set(['0.0.0.0', '::']);
const onLoopback = new Set(['127.0.0.1', '::1']);

/** Addresses for the receivers besides loopback, once each. Never all at once: what is opened to others is named. */
export function toListenAddresses(texts: readonly string[]): string[] {
  return [...new Set(texts.map(toListenAddress))];
}

function toListenAddress(text: string): string {
  const family = isIP(text);
  if (family === 0) throw new RangeError(`--listen-address takes an IP address of this machine, not '${text}'.`);
  const { address } = new SocketAddress({ address: text, family: family === 4 ? 'ipv4' : 'ipv6' });
  if (everywhere.has(address)) {
    throw new RangeError(`--listen-address takes one address, not '${text}' for all of them. Docker's bridge is usually 172.17.0.1.`);
  }
  if (onLoopback.has(address)) throw new RangeError(`--listen-address '${text}' is listened on anyway.`);
  return address;
}
