import { hash, fraction } from './hash.ts';

/** How spans are spread over exports. Every service is in half of the traces or fewer: a trace visits `hops` services, one after the other. */
export interface SpanShape {
  services: number;
  spansPerExport: number;
  /** How many traces the spans of one export belong to. */
  tracesPerExport: number;
}

/** The workload of the issue: 23 spans a trace, over five of ten services, interleaved. */
export const fullExports: SpanShape = { services: 10, spansPerExport: 512, tracesPerExport: 110 };

/** 200 services that send 20 spans each. */
export const smallExports: SpanShape = { services: 200, spansPerExport: 20, tracesPerExport: 5 };

export const hops = 5;

/** Where a span stands: the `visit`-th span of the `hop`-th service of a trace. The first visit of a service is called by the second one of the service before. */
export interface SpanPlace {
  traceNumber: number;
  hop: number;
  visit: number;
}

/** Traces that begin within one round, that is one export of each service. */
export function tracesPerRound({ services, tracesPerExport }: SpanShape): number {
  return (services * tracesPerExport) / hops;
}

/** Numbers of the traces within a round that a service takes part in, with the hop at which it does. */
export function tracesOfService(shape: SpanShape, service: number): { traceInRound: number; hop: number }[] {
  return Array.from({ length: tracesPerRound(shape) }, (_, traceInRound) => ({
    traceInRound,
    hop: (service - traceInRound + shape.services * tracesPerRound(shape)) % shape.services,
  })).filter(({ hop }) => hop < hops);
}

/** One number for each span of all: 64 a trace, of which few are used. */
export function spanKey({ traceNumber, hop, visit }: SpanPlace): number {
  return traceNumber * 64 + hop * 8 + visit;
}

const salts = { duration: 11, tail: 12, jitter: 13, user: 14, tenant: 15, size: 16, value: 17, order: 18 };

/** Nanoseconds. Mostly some tens of milliseconds; 7 % above 500 ms, 4.5 % above a second, none above 3.1 s. */
export function durationNs(key: number): number {
  return Math.round(1e6 + 4e7 * fraction(key, salts.duration) + 3e9 * fraction(key, salts.tail) ** 24);
}

/** Nanoseconds from the start of the workload: 100,000 spans a second of its own time. */
export function startOffsetNs({ traceNumber, hop, visit }: SpanPlace): number {
  return traceNumber * 233_000 + hop * 7_000_000 + visit * 1_100_000 + (hash(traceNumber, salts.jitter + hop * 8 + visit) % 900_000);
}

export const userOf = (key: number): number => hash(key, salts.user) % 10_000;
export const tenantOf = (key: number): number => hash(key, salts.tenant) % 100;
export const sizeOf = (key: number): number => 16_384 + 512 * (hash(key, salts.size) % 800);
/** From 0.99 to 499.99. */
export const cartValueOf = (key: number): number => (hash(key, salts.value) % 500) + 0.99;
/** Different for every span. */
export const orderOf = (key: number): number => hash(key, salts.order);
