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
      spans: bridge.traces.spans.handler(async ({ input, errors }) => {
        const spans = await engine.ask('traceSpans', input);
        if (spans === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return spans;
      }),
      structure: bridge.traces.structure.handler(async ({ input, errors }) => {
        const structure = await engine.ask('openTrace', input);
        if (structure === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return structure;
      }),
      columns: bridge.traces.columns.handler(async ({ input, errors }) => {
        const columns = await engine.ask('traceColumns', input);
        if (columns === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return new File(encodeTraceColumns(columns), `${input.traceId}.columns`, { type: 'application/octet-stream' });
      }),
      attributes: bridge.traces.attributes.handler(async ({ input, errors }) => {
        const attributes = await engine.ask('traceAttributes', input);
        if (attributes === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return attributes;
      }),
      span: bridge.traces.span.handler(async ({ input, errors }) => {
        const span = await engine.ask('span', input);
        if (span === undefined) throw errors.NOT_FOUND({ message: `No span ${input.spanId} of trace ${input.traceId} is stored.` });
        return span;
      }),
      backlinks: bridge.traces.backlinks.handler(({ input }) => engine.ask('backlinks', input)),
      analysis: bridge.traces.analysis.handler(async ({ input, errors }) => {
        const analysis = await engine.ask('analyseTrace', input);
        if (analysis === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return analysis;
      }),
      otlp: bridge.traces.otlp.handler(async ({ input, errors }) => {
        const page = await engine.ask('otlpPage', input);
        if (page === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return page;
      }),
      markdown: bridge.traces.markdown.handler(async ({ input, errors }) => {
        const markdown = await engine.ask('traceMarkdown', input);
        if (markdown === undefined) throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
        return new File([markdown], `trace-${input.traceId}.md`, { type: 'text/markdown' });
      }),
      pin: bridge.traces.pin.handler(async ({ input, errors }) => {
        if (await engine.pinTrace(input.traceId, input.pinned)) return { pinned: input.pinned };
        throw errors.NOT_FOUND({ message: `No trace ${input.traceId} is stored.` });
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
      get: bridge.logs.get.handler(async ({ input, errors }) => {
        const log = await engine.ask('log', input);
        if (log === undefined) throw errors.NOT_FOUND({ message: `No log record ${input.id} is stored.` });
        return log;
      }),
    },
    imports: {
      list: bridge.imports.list.handler(async () => ({ items: await engine.imports.list() })),
      begin: bridge.imports.begin.handler(({ input }) => engine.imports.begin(input)),
      piece: bridge.imports.piece.handler(async ({ input: { id, offset, base64 }, errors }) => {
        const item = await engine.imports.piece(id, offset, Buffer.from(base64, 'base64'));
        if (item === undefined) throw errors.NOT_FOUND({ message: `No file ${id} is awaited.` });
        return item;
      }),
      get: bridge.imports.get.handler(async ({ input: { id }, errors }) => {
        const item = await engine.imports.get(id);
        if (item === undefined) throw errors.NOT_FOUND({ message: `There is no import ${id}.` });
        return item;
      }),
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
