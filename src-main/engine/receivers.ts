import type { ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';
import { PortTakenError, type Receiver } from '#main/receive/interface';
import { findPortHolder } from './doctor/port-holder.ts';
import { findFreePort } from './free-port.ts';

export type StartReceiver = (port: number) => Promise<Receiver>;

interface Slot {
  receiver: Receiver | undefined;
  status: ReceiverStatus;
}

const drainMs = 5000;
const names = { grpc: 'gRPC', http: 'HTTP' } as const;

/**
 * The two receivers, named for the protocol whose port each has by default; either takes both. Each is in a state of its own: a port that is taken stops one of them and is
 * said in words, with another port offered.
 */
export class Receivers {
  readonly #slots: ReadonlyMap<ReceiverProtocol, Slot>;
  readonly #start: StartReceiver;

  constructor(start: StartReceiver) {
    this.#start = start;
    const protocols = ['grpc', 'http'] as const;
    this.#slots = new Map(protocols.map((protocol) => [protocol, { receiver: undefined, status: listening(protocol, 0) }]));
  }

  async start(ports: Record<ReceiverProtocol, number>): Promise<void> {
    await Promise.all(
      [...this.#slots].map(async ([protocol, slot]) => {
        try {
          slot.receiver = await this.#start(ports[protocol]);
          slot.status = listening(protocol, slot.receiver.port);
        } catch (error) {
          slot.status = await notListening(protocol, ports[protocol], error);
        }
      }),
    );
  }

  status(): ReceiverStatus[] {
    return [...this.#slots.values()].map(({ status }) => status);
  }

  /** The new one listens before the old one stops, so nothing that is sent in between is refused. Rejects where the port cannot be had; the old one then stays. */
  async move(protocol: ReceiverProtocol, port: number): Promise<ReceiverStatus> {
    const slot = this.#slots.get(protocol);
    if (slot === undefined) throw new Error(`No receiver ${protocol}.`);
    if (slot.receiver !== undefined && slot.receiver.port === port) return slot.status;
    const next = await this.#start(port);
    const previous = slot.receiver;
    slot.receiver = next;
    slot.status = listening(protocol, next.port);
    await previous?.stop(drainMs);
    return slot.status;
  }

  async stop(): Promise<void> {
    const running = [...this.#slots.values()].flatMap(({ receiver }) => receiver ?? []);
    await Promise.all(running.map((receiver) => receiver.stop(drainMs)));
  }
}

function listening(protocol: ReceiverProtocol, port: number): ReceiverStatus {
  return { protocol, port, state: 'listening', url: urlOf(port), message: '' };
}

async function notListening(protocol: ReceiverProtocol, port: number, error: unknown): Promise<ReceiverStatus> {
  const base = { protocol, port, url: urlOf(port) };
  if (!(error instanceof PortTakenError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...base, state: 'failed', message: `OTLP/${names[protocol]} could not start on port ${port}: ${reason}` };
  }
  const [freePort, holder] = await Promise.all([findFreePort(port + 10), findPortHolder(port)]);
  const taker = holder === undefined ? 'another program' : `${holder.name} (process ${holder.processId})`;
  const message = `Port ${port} is taken by ${taker}, so nothing is received there.`;
  return { ...base, state: 'port-taken', message, ...(freePort === undefined ? {} : { freePort }) };
}

function urlOf(port: number): string {
  return `http://localhost:${port}`;
}
