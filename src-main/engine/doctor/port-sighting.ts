import type { ReceiverStatus } from '#proto/bridge/shapes';
import type { Sighting } from './sighting.ts';

/** A receiver that does not listen. `kind` is "port-taken" for the rare other reasons, too: the message says which. */
export function portSighting({ protocol, message, freePort }: ReceiverStatus): Sighting {
  const elsewhere = freePort === undefined ? 'another port' : `port ${freePort}, which is free`;
  return {
    kind: 'port-taken',
    severity: 'error',
    key: `port-taken ${protocol}`,
    message,
    fix: `End the other program, or let this receiver listen on ${elsewhere}, and send there. The other receiver takes every protocol, too.`,
    setting: freePort === undefined ? '' : `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:${freePort}`,
    client: '',
    count: 1,
  };
}
