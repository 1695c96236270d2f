import { parentPort } from 'node:worker_threads';

/** An error on its way between threads: its name, message and own fields (such as a query error's `position`). */
export interface Failure {
  name: string;
  message: string;
}

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

export interface WorkerService<Event> {
  /** By method name; a promise is awaited. */
  methods: Record<string, (input: never) => unknown>;
  /** Called once, after every call that came before has been answered. */
  close: () => void | Promise<void>;
  /** Handed the function that tells the owner something unasked. */
  onStarted?: (tell: (event: Event) => void) => void;
}

/**
 * The worker's side of `WorkerHandle`: opens the service, answers calls, closes. Where opening fails, the owner is told why and the worker ends.
 */
export function runWorker<Event>(open: () => WorkerService<Event>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is the entry of a worker thread.');
  const post = (answer: Answer<Event>): void => port.postMessage(answer);

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

async function answerCall<Event>(
  service: WorkerService<Event>,
  call: Call,
  post: (answer: Answer<Event>) => void,
  end: () => void,
): Promise<void> {
  if (call.method === 'close') {
    await service.close();
    end();
    return;
  }
  try {
    const method = service.methods[call.method];
    if (method === undefined) throw new Error(`No method ${call.method}.`);
    post({ kind: 'result', id: call.id, value: await method(call.input as never) });
  } catch (error) {
    post({ kind: 'failure', id: call.id, failure: toFailure(error) });
  }
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return { ...Object.fromEntries(Object.entries(error)), name: error.name, message: error.message };
}
