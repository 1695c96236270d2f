import type { EngineStatus } from '#proto/bridge/shapes';

/** Where telemetry goes and under which name: what every recipe is filled in with. */
export interface Place {
  /** `http://localhost:4317`. Each receiver takes every protocol: the addresses differ only by what people expect of the port. */
  grpcUrl: string;
  httpUrl: string;
  service: string;
  beyondLoopback: EngineStatus['beyondLoopback'];
}

export type Variable = readonly [name: string, value: string];

/** Lines to paste: into a shell or a `.env` file, or exactly as they stand. */
export type Step = { title: string; note?: string } & ({ variables: readonly Variable[] } | { code: string });

export interface Recipe {
  label: string;
  steps: (place: Place) => readonly Step[];
  /** What a person would otherwise stumble over. */
  note: string;
}

/** `undefined` while no receiver listens. */
export const placeOf = ({ receivers, beyondLoopback }: EngineStatus, service: string): Place | undefined => {
  const listening = receivers.filter(({ state }) => state === 'listening');
  const grpc = listening.find(({ protocol }) => protocol === 'grpc') ?? listening[0];
  const http = listening.find(({ protocol }) => protocol === 'http') ?? listening[0];
  return grpc === undefined || http === undefined ? undefined : { grpcUrl: grpc.url, httpUrl: http.url, service, beyondLoopback };
};

export const portOf = (url: string): string => new URL(url).port;
