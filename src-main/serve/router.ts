import { implement } from '@orpc/server';
import { contract } from '#proto/bridge/contract';
import { encodeTraceColumns } from '#proto/bridge/trace-columns';
import type { Engine } from '#main/engine/interface';
import { contractError, unavailable } from './contract-error.ts';
import { newestChanges } from './newest-changes.ts';

export type BridgeRouter = ReturnType<typeof createRouter>;

/** The contract, answered by an engine. Every transport serves this one router; input and output are validated around each handler. */
export function createRouter(engine: Engine) {
  const bridge = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw contractError(error);
    }
  });

  return bridge.router({
    status: bridge.status.handler(() => engine.status()),
    services: bridge.services.handler(async () => ({ items: await engine.ask('services') })),
    completions: bridge.completions.handler(({ input }) => engine.ask('completions', input)),
    traces: {
      search: bridge.traces.search.handler(({ input }) => engine.ask('searchTraces', input)),
      overview: bridge.traces.overview.handler(({ input }) => engine.ask('traceOverview', input)),
      spans: bridge.traces.spans.handler(async ({ input, errors }) =>
        stored(await engine.ask('traceSpans', input), errors, noTrace(input)),
      ),
      structure: bridge.traces.structure.handler(async ({ input, errors }) =>
        stored(await engine.ask('openTrace', input), errors, noTrace(input)),
      ),
      columns: bridge.traces.columns.handler(async ({ input, errors }) => {
        const columns = stored(await engine.ask('traceColumns', input), errors, noTrace(input));
        return new File(encodeTraceColumns(columns), `${input.traceId}.columns`, { type: 'application/octet-stream' });
      }),
      attributes: bridge.traces.attributes.handler(async ({ input, errors }) =>
        stored(await engine.ask('traceAttributes', input), errors, noTrace(input)),
      ),
      span: bridge.traces.span.handler(async ({ input, errors }) =>
        stored(await engine.ask('span', input), errors, `No span ${input.spanId} of trace ${input.traceId} is stored.`),
      ),
      backlinks: bridge.traces.backlinks.handler(({ input }) => engine.ask('backlinks', input)),
      analysis: bridge.traces.analysis.handler(async ({ input, errors }) =>
        stored(await engine.ask('analyseTrace', input), errors, noTrace(input)),
      ),
      otlp: bridge.traces.otlp.handler(async ({ input, errors }) => stored(await engine.ask('otlpPage', input), errors, noTrace(input))),
      markdown: bridge.traces.markdown.handler(async ({ input, errors }) => {
        const markdown = stored(await engine.ask('traceMarkdown', input), errors, noTrace(input));
        return new File([markdown], `trace-${input.traceId}.md`, { type: 'text/markdown' });
      }),
      pin: bridge.traces.pin.handler(async ({ input, errors }) => {
        if (await engine.pinTrace(input.traceId, input.pinned)) return { pinned: input.pinned };
        throw errors.NOT_FOUND({ message: noTrace(input) });
      }),
    },
    operations: { latency: bridge.operations.latency.handler(({ input }) => engine.ask('operationLatency', input)) },
    compare: {
      traces: bridge.compare.traces.handler(async ({ input, errors }) => {
        const comparison = await engine.ask('compareTraces', input);
        if ('missing' in comparison) throw errors.NOT_FOUND({ message: comparison.missing });
        return comparison;
      }),
      groups: bridge.compare.groups.handler(async ({ input, errors }) => {
        const comparison = await engine.ask('compareGroups', input);
        if ('missing' in comparison) throw errors.NOT_FOUND({ message: comparison.missing });
        return comparison;
      }),
      runs: bridge.compare.runs.handler(async ({ input }) => ({ items: await engine.ask('serviceRuns', input) })),
    },
    logs: {
      search: bridge.logs.search.handler(({ input }) => engine.ask('searchLogs', input)),
      get: bridge.logs.get.handler(async ({ input, errors }) =>
        stored(await engine.ask('log', input), errors, `No log record ${input.id} is stored.`),
      ),
    },
    imports: {
      list: bridge.imports.list.handler(async () => ({ items: await engine.imports.list() })),
      begin: bridge.imports.begin.handler(({ input }) => engine.imports.begin(input)),
      piece: bridge.imports.piece.handler(async ({ input: { id, offset, base64 }, errors }) =>
        stored(await engine.imports.piece(id, offset, Buffer.from(base64, 'base64')), errors, `No file ${id} is awaited.`),
      ),
      get: bridge.imports.get.handler(async ({ input: { id }, errors }) =>
        stored(await engine.imports.get(id), errors, `There is no import ${id}.`),
      ),
      remove: bridge.imports.remove.handler(async ({ input: { id }, errors }) => {
        if (await engine.imports.remove(id)) return { removed: true as const };
        throw errors.NOT_FOUND({ message: `There is no import ${id}.` });
      }),
    },
    receivers: { move: bridge.receivers.move.handler(({ input }) => engine.moveReceiver(input.protocol, input.port)) },
    doctor: {
      report: bridge.doctor.report.handler(async () => (await engine.status()).doctor),
      selfTest: bridge.doctor.selfTest.handler(() => engine.selfTest()),
    },
    samples: {
      send: bridge.samples.send.handler(async () => {
        try {
          return { traceIds: await engine.sendSamples() };
        } catch (error) {
          // They travel over a socket like anyone's telemetry: what can go wrong is for the person who pressed the button to read.
          throw error instanceof Error ? unavailable(error) : error;
        }
      }),
    },
    changes: bridge.changes.handler(({ signal }) => newestChanges(engine, signal ?? neverAborts)),
  });
}

const neverAborts = new AbortController().signal;

const noTrace = ({ traceId }: { traceId: string }): string => `No trace ${traceId} is stored.`;

interface Missing {
  NOT_FOUND: (options: { message: string }) => Error;
}

/** What was asked for; where it is not there, the contract's error with `message`. */
function stored<Answer>(answer: Answer | undefined, errors: Missing, message: string): Answer {
  if (answer === undefined) throw errors.NOT_FOUND({ message });
  return answer;
}
