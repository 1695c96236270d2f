import type { MessagePort } from 'node:worker_threads';
import type { HostAddresses, HostOptions } from '#main/serve/host';

export type EngineThreadOptions = Omit<HostOptions, 'report'>;

/** Shell → engine thread. Kept by the thread's queue until the engine has started. */
export type ToEngineThread = { kind: 'connect'; port: MessagePort } | { kind: 'stop' };

/** Engine thread → shell: one of these, once. A thread that stopped as it was told ends without another word. */
export type FromEngineThread = { kind: 'ready'; addresses: HostAddresses } | { kind: 'failed'; message: string };
