import type { ByteBudget } from './interface.ts';
import { PayloadBuffers } from './payload-buffers.ts';

export function createByteBudget(maxBytes: number): ByteBudget {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > maxBytes) return false;
      taken += bytes;
      return true;
    },
    give(bytes) {
      taken -= bytes;
    },
    buffers: new PayloadBuffers(),
  };
}

/** What one request has taken of the budget, so that all of it goes back at once however the request ends. */
export interface Reservation {
  /** False: no room, nothing taken. */
  take(bytes: number): boolean;
  /** Gives some of it back before the end. */
  give(bytes: number): void;
  /** A buffer for so many bytes or a few more, all of which are taken; `undefined` where there is no room. */
  buffer(bytes: number): ArrayBuffer | undefined;
  /** Gives such a buffer back before the end. */
  giveBuffer(buffer: ArrayBuffer): void;
  /** Gives everything back; again is harmless. */
  release(): void;
}

export function reserve(budget: ByteBudget): Reservation {
  let held = 0;
  const take = (bytes: number): boolean => {
    if (!budget.take(bytes)) return false;
    held += bytes;
    return true;
  };
  const give = (bytes: number): void => {
    budget.give(bytes);
    held -= bytes;
  };
  return {
    take,
    give,
    buffer: (bytes) => (take(budget.buffers.sizeFor(bytes)) ? budget.buffers.take(bytes) : undefined),
    giveBuffer(buffer) {
      give(buffer.byteLength);
      budget.buffers.give(buffer);
    },
    release() {
      budget.give(held);
      held = 0;
    },
  };
}
