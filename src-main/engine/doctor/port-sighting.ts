import type { ReceiverStatus } from '#proto/bridge/shapes';
import type { Sighting } from './sighting.ts';

/** A receiver that does not listen, beside all of them. `kind` is "port-taken" for the rare other reasons, too: the message says which. */
export function portSighting({ protocol, message, freePort }: ReceiverStatus, receivers: readonly ReceiverStatus[]): Sighting {
  const other = receivers.find(({ state }) => state === 'listening');
  const elsewhere = freePort === undefined ? 'another port' : `port ${freePort}, which is free`;
  const move = `let this receiver listen on ${elsewhere}, or end the other program and try again`;
  return {
    kind: 'port-taken',
    severity: 'error',
    key: portKey(protocol),
    message,
    fix:
      other === undefined
        ? `${move[0]?.toUpperCase()}${move.slice(1)}.`
        : `Send to port ${other.port}, which takes every protocol; or ${move}.`,
    setting: other === undefined ? '' : `OTEL_EXPORTER_OTLP_ENDPOINT=${other.url}`,
    client: '',
    count: 1,
  };
}

/** What the finding about a receiver is known by. */
export function portKey(protocol: ReceiverStatus['protocol']): string {
  return `port-taken ${protocol}`;
}
