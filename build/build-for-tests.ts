import { ensureBuilt } from './ensure-built.ts';

/** Vitest's, before the first test. */
export const setup = ensureBuilt;
