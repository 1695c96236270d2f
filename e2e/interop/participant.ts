import type { Programs } from './program.ts';
import type { Sidelight } from './sidelight.ts';

/** A client of OTLP that others wrote: what it is, how it comes here, and how it is put to work. Lives in a folder of its own, with its pinned dependencies. */
export interface Participant {
  readonly name: string;
  /** Why it can't run on this machine, in a few words; undefined where it can. */
  missing(): string | undefined;
  /** Gets what is pinned from its own registry into its own folder, quickly where that has been done. Rejects with `RegistryUnreachable` where there is no registry. */
  install(): Promise<void>;
  /** What ran, for the summary: `opentelemetry-sdk 1.45.2, Python 3.11.7`. Asked after the install. */
  versions(): string;
  /** The ways it is configured, one after another. */
  readonly runs: readonly Run[];
}

export interface Run {
  /** How it differs from the participant's other runs: `gRPC, configured by OTLP_ENDPOINT alone`. */
  readonly name: string;
  /** Puts the programs to work, lets them end, and claims what must have arrived. */
  run(stage: Stage): Promise<void>;
}

/** What a run gets. */
export interface Stage {
  readonly sidelight: Sidelight;
  /** Starts programs, and ends what the run has left behind. */
  readonly programs: Programs;
  readonly claim: Claim;
}

/** States something about what arrived, and tries it: a test that throws is a failure with this name. The claims after it are tried too. */
export type Claim = (what: string, test: () => unknown) => Promise<void>;
