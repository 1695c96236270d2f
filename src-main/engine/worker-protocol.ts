import { parentPort, type MessagePort, type TransferListItem } from 'node:worker_threads';

/** An error on its way between threads: its name, message and own fields (such as a query error's `position`). */
export interface Failure {
  name: string;
  message: string;
}

/** The first message to a worker. */
export type Opening = 'open';

export interface Call {
  id: number;
  method: string;
  input: unknown;
}

export type Answer<Event> =
  | { kind: 'ready' }
  | { kind: 'failed-to-start'; failure: Failure }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; failure: Failure }
  | { kind: 'event'; event: Event };

/** A result whose buffers move to the owner instead of being copied. */
export class Moved<Value> {
  readonly value: Value;
  readonly buffers: readonly TransferListItem[];

  constructor(value: Value, buffers: readonly TransferListItem[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** What the owner gets of a method's result. */
export type Result<Returned> = Awaited<Returned> extends Moved<infer Value> ? Value : Awaited<Returned>;

export interface WorkerService<Event> {
  /** By method name; a promise is awaited. */
  methods: Record<string, (input: never) => unknown>;
  /** Called once, after every call that came before has been answered. */
  close: () => void | Promise<void>;
  /** Handed the function that tells the owner something unasked. */
  onStarted?: (tell: (event: Event) => void) => void;
}

/**
 * The worker's side of `WorkerHandle`: opens the service when it is told to, answers calls, closes. Where opening fails, the owner is told why and the worker ends.
 */
export function runWorker<Event>(open: () => WorkerService<Event>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is the entry of a worker thread.');
  port.once('message', () => serve(open, port));
}

function serve<Event>(open: () => WorkerService<Event>, port: MessagePort): void {
  const post: Post<Event> = (answer, buffers = []) => port.postMessage(answer, buffers);

  let service: WorkerService<Event>;
  try {
    service = open();
  } catch (error) {
    post({ kind: 'failed-to-start', failure: toFailure(error) });
    port.close();
    return;
  }
  port.on('message', (call: Call) => void answerCall(service, call, post, () => port.close()));
  service.onStarted?.((event) => post({ kind: 'event', event }));
  post({ kind: 'ready' });
}

type Post<Event> = (answer: Answer<Event>, buffers?: readonly TransferListItem[]) => void;

async function answerCall<Event>(service: WorkerService<Event>, call: Call, post: Post<Event>, end: () => void): Promise<void> {
  if (call.method === 'close') {
    await service.close();
    end();
    return;
  }
  try {
    const method = service.methods[call.method];
    if (method === undefined) throw new Error(`No method ${call.method}.`);
    const value = await method(call.input as never);
    if (value instanceof Moved) post({ kind: 'result', id: call.id, value: value.value }, value.buffers);
    else post({ kind: 'result', id: call.id, value });
  } catch (error) {
    post({ kind: 'failure', id: call.id, failure: toFailure(error) });
  }
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return { ...Object.fromEntries(Object.entries(error)), name: error.name, message: error.message };
}
