import type { Participant } from './participant.ts';
import { nodeServices } from './node/participant.ts';
import { pythonServices } from './python/participant.ts';

/** Everyone who takes part, in the order in which they run. */
export const participants: readonly Participant[] = [pythonServices, nodeServices];
