import type { EventEmitter } from 'node:events';

/**
 * Takes the listeners for `event` off `emitter`, and gives what calls them. For the servers of Node and grpc-js, which serve whatever they are given and have no option for
 * a look at it first.
 */
export function takeListeners(emitter: EventEmitter, event: string): (...args: unknown[]) => void {
  const listeners = emitter.listeners(event);
  emitter.removeAllListeners(event);
  return (...args) => listeners.forEach((listener) => Reflect.apply(listener, emitter, args));
}
