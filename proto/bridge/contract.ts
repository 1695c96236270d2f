import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { spanIdPattern, traceIdPattern } from '../model/ids.ts';
import { UnixNano } from '../model/time.ts';
import { Backlinks } from './backlinks.ts';
import { mostAttributeKeys, TraceAttributes } from './trace-attributes.ts';
import { GroupComparisonAnswer, mostChanges, ServiceRunList, TraceComparisonAnswer } from './comparison.ts';
import { Import, ImportList, pieceBytes } from './imports.ts';
import { OtlpPage } from './otlp-export.ts';
import { Completions, CompletionsOf } from './completions.ts';
import { DoctorReport, SelfTestReport } from './doctor.ts';
import { TraceAnalysis } from './trace-analysis.ts';
import { Operation, OperationLatency } from './operation-latency.ts';
import {
  ChangeEvent,
  EngineStatus,
  LogItem,
  LogPage,
  ReceiverProtocol,
  ReceiverStatus,
  ServiceList,
  SpanDetail,
  TracePage,
  TraceSpans,
  TraceStructure,
} from './shapes.ts';
import { TraceOverview } from './trace-overview.ts';

/**
 * The one contract between engine and UI. The window speaks it over a MessagePort, a browser tab over a WebSocket, programs over HTTP under `/api`
 * (`route` says where); the OpenAPI document is made from it. Every transport validates input and output against these schemas.
 */

const TraceIdInput = z.string().toLowerCase().regex(traceIdPattern, 'A trace id is 32 hex digits, not all zero.');
const SpanIdInput = z.string().toLowerCase().regex(spanIdPattern, 'A span id is 16 hex digits, not all zero.');
const LogIdInput = z.string().regex(/^[1-9]\d{0,15}$/, 'The id of a log record is a whole number.');

/** `docs/query-language.md`. Bounded, because a query is typed by a person or written by a program that can page. */
const QueryInput = z
  .string()
  .max(4096)
  .default('')
  .describe(
    'Search terms that one span or one log record meets all of: words, "phrases", service:NAME, status:error, duration>200ms, key=value, key>=500. OR, NOT and parentheses ' +
      'combine them. See docs/query-language.md.',
  );
const LimitInput = z.coerce.number().int().min(1).max(1000);
const SpanLimitInput = z.coerce.number().int().min(1).max(10_000);
const CursorInput = z.string().max(256).optional().describe('nextCursor of the page before.');

const ImportIdInput = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** No file of telemetry is larger; what is read of one is bounded by what may be stored. */
const mostFileBytes = 2 ** 36;

const ArrivalInput = {
  from: UnixNano.optional().describe('Only traces whose first span arrived then or later, in nanoseconds since 1970.'),
  to: UnixNano.optional().describe('Only traces whose first span arrived before.'),
};

const AttributeKeyInput = z.string().max(1024);
const AttributeKeysInput = z
  .union([AttributeKeyInput.transform((key) => [key]), z.array(AttributeKeyInput).max(mostAttributeKeys)])
  .default([])
  .describe('May be given up to 16 times.');

const base = oc.errors({
  BAD_QUERY: {
    status: 400,
    message: 'The query cannot be read.',
    data: z.object({ position: z.int().describe('Index of the first character that is not understood.'), message: z.string() }),
  },
  NOT_FOUND: { status: 404, message: 'Nothing is stored under this id.' },
  PORT_TAKEN: { status: 409, message: 'Another program listens on this port.' },
  WRONG_PIECE: { status: 409, message: 'The piece does not go where it is sent to.' },
  UNAVAILABLE: { status: 503, message: 'The store cannot answer now.' },
});

export const contract = {
  status: base
    .route({ method: 'GET', path: '/status', summary: 'Receivers, what is stored, and what a person should know' })
    .output(EngineStatus),

  services: base.route({ method: 'GET', path: '/services', summary: 'Services that have sent anything' }).output(ServiceList),

  completions: base
    .route({ method: 'GET', path: '/completions', summary: 'Keys of attributes, values of one, or names, for a query that is being typed' })
    .input(CompletionsOf)
    .output(Completions),

  traces: {
    search: base
      .route({ method: 'GET', path: '/traces', summary: 'Traces, most recently received first' })
      .input(
        z.object({
          query: QueryInput,
          importId: ImportIdInput.optional(),
          ...ArrivalInput,
          limit: LimitInput.default(50),
          cursor: CursorInput,
        }),
      )
      .output(TracePage),

    overview: base
      .route({
        method: 'GET',
        path: '/traces/overview',
        summary: 'What traces a search finds: how many arrived when, how long they took, and what tells them apart',
      })
      .input(
        z.object({
          query: QueryInput,
          ...ArrivalInput,
          buckets: z.coerce.number().int().min(1).max(500).default(60).describe('Most buckets of the histogram.'),
          points: z.coerce
            .number()
            .int()
            .min(0)
            .max(2000)
            .default(500)
            .describe('Most traces that are told one by one; of more, one in so many.'),
          facetSpans: z.coerce.number().int().min(0).max(50_000).default(10_000).describe('About how many spans are looked at for facets.'),
        }),
      )
      .output(TraceOverview),

    spans: base
      .route({ method: 'GET', path: '/traces/{traceId}', summary: 'The spans of a trace in order of start, every field as it was sent' })
      .input(z.object({ traceId: TraceIdInput, limit: SpanLimitInput.default(10_000), cursor: CursorInput }))
      .output(TraceSpans),

    structure: base
      .route({ method: 'GET', path: '/traces/{traceId}/structure', summary: 'What a timeline needs of a trace, in columns' })
      .input(z.object({ traceId: TraceIdInput }))
      .output(TraceStructure),

    columns: base
      .route({ method: 'GET', path: '/traces/{traceId}/columns', summary: 'The same in binary, for timelines of 100,000 spans' })
      .input(z.object({ traceId: TraceIdInput }))
      .output(z.file().mime('application/octet-stream').describe('What `encodeTraceColumns` of trace-columns.ts writes.')),

    attributes: base
      .route({
        method: 'GET',
        path: '/traces/{traceId}/attributes',
        summary: 'Keys of the attributes of a trace, and the values of those that `key` names',
      })
      .input(z.object({ traceId: TraceIdInput, key: AttributeKeysInput }))
      .output(TraceAttributes),

    span: base
      .route({ method: 'GET', path: '/traces/{traceId}/spans/{spanId}', summary: 'One span with its resource and scope' })
      .input(z.object({ traceId: TraceIdInput, spanId: SpanIdInput }))
      .output(SpanDetail),

    backlinks: base
      .route({ method: 'GET', path: '/traces/{traceId}/backlinks', summary: 'Stored spans that link to a trace, or to one span of it' })
      .input(z.object({ traceId: TraceIdInput, spanId: SpanIdInput.optional(), limit: LimitInput.max(200).default(50) }))
      .output(Backlinks),

    analysis: base
      .route({
        method: 'GET',
        path: '/traces/{traceId}/analysis',
        summary: 'Root cause, critical path, self time, problems and percentiles of a trace: read this first',
      })
      .input(z.object({ traceId: TraceIdInput }))
      .output(TraceAnalysis),

    otlp: base
      .route({ method: 'GET', path: '/traces/{traceId}/otlp', summary: 'A trace as OTLP/JSON: a file that any tool for OTLP can read' })
      .input(
        z.object({
          traceId: TraceIdInput,
          logs: z
            .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
            .default(false)
            .describe('Whether its log records come behind its spans, on pages of their own.'),
          spanId: SpanIdInput.optional().describe('Only this span.'),
          limit: SpanLimitInput.default(10_000),
          cursor: CursorInput,
        }),
      )
      .output(OtlpPage),

    markdown: base
      .route({
        method: 'GET',
        path: '/traces/{traceId}/markdown',
        summary: 'A trace as compact Markdown for a bug report or an assistant, secrets masked',
      })
      .input(z.object({ traceId: TraceIdInput }))
      .output(z.file().mime('text/markdown')),

    pin: base
      .route({ method: 'POST', path: '/traces/{traceId}/pin', summary: 'Keep a trace when older ones are dropped, or let it go' })
      .input(z.object({ traceId: TraceIdInput, pinned: z.boolean() }))
      .output(z.object({ pinned: z.boolean() })),
  },

  operations: {
    latency: base
      .route({ method: 'GET', path: '/operations/latency', summary: 'How long the newest stored spans of a service, name and kind took' })
      .input(Operation)
      .output(OperationLatency),
  },

  compare: {
    traces: base
      .route({
        method: 'GET',
        path: '/compare/traces',
        summary: 'What two traces differ in, the biggest change first, and in one sentence',
      })
      .input(
        z.object({
          a: TraceIdInput.optional().describe(
            'The trace before; without it, the trace of the same root operation that arrived last before b.',
          ),
          b: TraceIdInput,
          limit: LimitInput.max(mostChanges).default(50).describe('How many changes to tell.'),
        }),
      )
      .output(TraceComparisonAnswer),

    groups: base
      .route({
        method: 'GET',
        path: '/compare/groups',
        summary: 'What two groups of traces differ in, operation by operation; for example before and after a restart',
      })
      .input(
        z.object({
          aQuery: QueryInput,
          aFrom: ArrivalInput.from,
          aTo: ArrivalInput.to,
          bQuery: QueryInput,
          bFrom: ArrivalInput.from,
          bTo: ArrivalInput.to,
          restartOf: z
            .string()
            .min(1)
            .max(4096)
            .optional()
            .describe('A service: what is not said of the groups is the run before its last restart, and the run since.'),
          limit: LimitInput.default(200).describe('How many operations to tell.'),
        }),
      )
      .output(GroupComparisonAnswer),

    runs: base
      .route({
        method: 'GET',
        path: '/compare/runs',
        summary: 'Processes of a service, as its resources tell them apart, the newest first',
      })
      .input(z.object({ service: z.string().max(4096) }))
      .output(ServiceRunList),
  },

  logs: {
    search: base
      .route({ method: 'GET', path: '/logs', summary: 'Log records; of one trace or one span where ids are given' })
      .input(
        z.object({
          query: QueryInput,
          traceId: TraceIdInput.optional(),
          spanId: SpanIdInput.optional(),
          minSeverity: z.coerce.number().int().min(0).max(24).default(0).describe('Lowest severity number: 9 INFO, 13 WARN, 17 ERROR.'),
          order: z.enum(['newest', 'oldest']).default('newest'),
          limit: LimitInput.default(100),
          cursor: CursorInput,
        }),
      )
      .output(LogPage),

    get: base
      .route({ method: 'GET', path: '/logs/{id}', summary: 'One log record, by the id that a search gives' })
      .input(z.object({ id: LogIdInput }))
      .output(LogItem),
  },

  imports: {
    list: base.route({ method: 'GET', path: '/imports', summary: 'Files that were opened, newest first' }).output(ImportList),

    begin: base
      .route({
        method: 'POST',
        path: '/imports',
        summary: 'Announce a file: OTLP (JSON, JSON Lines, protobuf), Jaeger JSON or Zipkin v2 JSON',
      })
      .input(z.object({ name: z.string().min(1).max(1024), bytes: z.coerce.number().int().min(1).max(mostFileBytes) }))
      .output(Import),

    piece: base
      .route({ method: 'POST', path: '/imports/{id}/pieces', summary: 'Hand over the next piece of it; it is read when all of it is here' })
      .input(
        z.object({
          id: ImportIdInput,
          offset: z.coerce.number().int().min(0),
          base64: z
            .base64()
            .min(4)
            .max(Math.ceil(pieceBytes / 3) * 4),
        }),
      )
      .output(Import),

    get: base
      .route({ method: 'GET', path: '/imports/{id}', summary: 'How far it is, and what was said of it' })
      .input(z.object({ id: ImportIdInput }))
      .output(Import),

    remove: base
      .route({ method: 'POST', path: '/imports/{id}/remove', summary: 'Stop it where it is under way, and take out all that came with it' })
      .input(z.object({ id: ImportIdInput }))
      .output(z.object({ removed: z.literal(true) })),
  },

  receivers: {
    move: base
      .route({ method: 'POST', path: '/receivers/{protocol}', summary: 'Let a receiver listen on another port' })
      .input(z.object({ protocol: ReceiverProtocol, port: z.coerce.number().int().min(0).max(65_535) }))
      .output(ReceiverStatus),
  },

  doctor: {
    report: base
      .route({ method: 'GET', path: '/doctor', summary: 'Who has connected, what they did wrong, and what mends it' })
      .output(DoctorReport),

    selfTest: base
      .route({
        method: 'POST',
        path: '/doctor/self-test',
        summary: 'Send one span to each receiver and say step by step what became of it',
      })
      .output(SelfTestReport),
  },

  samples: {
    send: base
      .route({ method: 'POST', path: '/samples', summary: 'Send the sample scenario through the receivers' })
      .output(z.object({ traceIds: z.array(z.string()) })),
  },

  changes: base
    .route({ method: 'GET', path: '/changes', summary: 'Server-sent events: the data has changed' })
    .output(eventIterator(ChangeEvent)),
};

export type Contract = typeof contract;
