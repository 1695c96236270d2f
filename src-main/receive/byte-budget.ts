import type { ByteBudget } from './interface.ts';

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
  };
}

/** What one request has taken of the budget, so that all of it goes back at once however the request ends. */
export interface Reservation {
  /** False: no room, nothing taken. */
  take(bytes: number): boolean;
  /** Gives some of it back before the end. */
  give(bytes: number): void;
  /** Gives everything back; again is harmless. */
  release(): void;
}

export function reserve(budget: ByteBudget): Reservation {
  let held = 0;
  return {
    take(bytes) {
      if (!budget.take(bytes)) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      budget.give(bytes);
      held -= bytes;
    },
    release() {
      budget.give(held);
      held = 0;
    },
  };
}
