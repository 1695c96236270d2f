import { browserPage } from './browser/participant.ts';
import { collectorForwarding } from './collector/participant.ts';
import { denoProgram } from './deno/participant.ts';
import { goProgram } from './go/participant.ts';
import { javaServices } from './java/participant.ts';
import { nodeServices } from './node/participant.ts';
import type { Participant } from './participant.ts';
import { pythonServices } from './python/participant.ts';
import { telemetrygen } from './telemetrygen/participant.ts';

/** Everyone who takes part, in the order in which they run. */
export const participants: readonly Participant[] = [
  pythonServices,
  nodeServices,
  denoProgram,
  goProgram,
  telemetrygen,
  javaServices,
  collectorForwarding,
  browserPage,
];
