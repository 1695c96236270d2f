import { z } from 'zod';
import { UnixNano } from '../model/time.ts';
import { TraceSummary } from './shapes.ts';

/** What two traces, or two groups of traces, differ in. */

/** Whole nanoseconds, which may be negative. */
const Nanos = z.string().regex(/^-?\d{1,20}$/);

export const mostChanges = 1000;

/** What one of the traces has at the place of a change. */
const ChangedPart = z.object({
  /** The first of the spans there. */
  spanId: z.string(),
  /** How often it ran there. */
  count: z.int(),
  /** With all that is below it, where the other trace has nothing of it. */
  spanCount: z.int(),
  errorCount: z.int(),
  /** Sum of durations; of self times, children not counted. */
  durationNano: Nanos,
  selfDurationNano: Nanos,
});

export const TraceChangeItem = z.object({
  service: z.string(),
  name: z.string(),
  kind: z.int(),
  /** Names of the spans above it, from the root down; of more than 16 the nearest ones. */
  path: z.array(z.string()),
  /** `a` and `b`: only that trace has it, with all that is below it. */
  presence: z.enum(['both', 'a', 'b']),
  /** What B spent there beyond A, children not counted. The list is in the order of its size. */
  selfChangeNano: Nanos,
  a: ChangedPart.optional(),
  b: ChangedPart.optional(),
});
export type TraceChangeItem = z.infer<typeof TraceChangeItem>;

export const TraceComparisonAnswer = z.object({
  /** How much slower B is, through what, and what else is different. */
  sentence: z.string(),
  a: TraceSummary,
  b: TraceSummary,
  durationChangeNano: Nanos,
  /** Of which `changes` are the biggest. */
  changeCount: z.int(),
  changes: z.array(TraceChangeItem),
});
export type TraceComparisonAnswer = z.infer<typeof TraceComparisonAnswer>;

export const ServiceRun = z.object({
  /** What tells it from other runs, as the resource says it: `service.instance.id`, `process.pid` … Empty where the resource says nothing of the kind. */
  identity: z.array(z.object({ key: z.string(), value: z.string() })),
  /** `service.version`; empty where there is none. */
  version: z.string(),
  spanCount: z.int(),
  /** When the first and the last of it arrived. */
  firstSeenUnixNano: UnixNano,
  lastSeenUnixNano: UnixNano,
});
export type ServiceRun = z.infer<typeof ServiceRun>;
export const ServiceRunList = z.object({ items: z.array(ServiceRun) });

export const mostRuns = 50;

const ComparedGroup = z.object({
  query: z.string(),
  fromUnixNano: UnixNano.optional(),
  toUnixNano: UnixNano.optional(),
  traceCount: z.int(),
  spanCount: z.int(),
  /** More is stored than was looked at: these are the newest. */
  isCut: z.boolean(),
});
export type ComparedGroup = z.infer<typeof ComparedGroup>;

const OperationSample = z.object({
  /** Traces in which it ran. */
  traceCount: z.int(),
  spanCount: z.int(),
  errorCount: z.int(),
  /** Nearest rank. Absent where there are too few spans: p95 takes 20, p99 100. */
  p50Nano: Nanos.optional(),
  p95Nano: Nanos.optional(),
  p99Nano: Nanos.optional(),
  /** Spent in it by an average trace of the group, those without it included. */
  perTraceNano: Nanos,
});
export type OperationSample = z.infer<typeof OperationSample>;

export const OperationChange = z.object({
  service: z.string(),
  name: z.string(),
  kind: z.int(),
  /** `unclear`: too few traces to say anything. `none`: no difference that chance would not make. */
  latency: z.enum(['appeared', 'vanished', 'slower', 'faster', 'none', 'unclear']),
  errors: z.enum(['more', 'fewer', 'none']),
  /** Whether a trace that has it runs it more often. */
  runs: z.enum(['more', 'fewer', 'none']),
  a: OperationSample,
  b: OperationSample,
  /** Probability that chance alone makes the groups differ so much. */
  pValue: z.number(),
  /** Spans by duration, in steps that are equal on a logarithmic scale from `fromNano` to `toNano`. */
  histogram: z.object({ fromNano: Nanos, toNano: Nanos, a: z.array(z.int()), b: z.array(z.int()) }),
});
export type OperationChange = z.infer<typeof OperationChange>;

export const GroupComparisonAnswer = z.object({
  sentence: z.string(),
  a: ComparedGroup,
  b: ComparedGroup,
  /** The restart that parts the groups, where one was asked for and could be found. */
  restart: z.object({ service: z.string(), atUnixNano: UnixNano, before: ServiceRun, after: ServiceRun }).optional(),
  operationCount: z.int(),
  /** The biggest change first. */
  operations: z.array(OperationChange),
});
export type GroupComparisonAnswer = z.infer<typeof GroupComparisonAnswer>;
