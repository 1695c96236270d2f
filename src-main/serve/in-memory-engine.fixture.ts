import type { ChangeEvent, EngineStatus, LogItem, ReceiverStatus, SpanDetail, TraceSummary } from '#proto/bridge/shapes';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import { QueryError } from '#proto/bridge/query-error';
import type { Ask, Engine, EngineImports, Questions } from '#main/engine/interface';
import { PortTakenError } from '#main/base/port-taken-error';

export const traceId = '0af7651916cd43dd8448eb211c80319c';
export const spanId = 'b7ad6b7169203331';
export const takenPort = 4;

const startTimeUnixNano = '1544712660300000001';
const resource = {
  attributes: [{ key: 'service.name', value: { stringValue: 'api' } }],
  droppedAttributesCount: 0,
  entityRefs: [],
  schemaUrl: '',
};
const scope = { name: 'http', version: '1', attributes: [], droppedAttributesCount: 0, schemaUrl: '' };

const summary: TraceSummary = {
  traceId,
  rootName: 'GET /orders',
  rootService: 'api',
  hasRoot: true,
  startTimeUnixNano,
  durationNano: '1500000',
  spanCount: 1,
  errorCount: 0,
  logCount: 0,
  services: [{ name: 'api', spanCount: 1, errorCount: 0 }],
  receivedTimeUnixNano: startTimeUnixNano,
  pinned: false,
};

const span: SpanDetail = {
  traceId,
  spanId,
  traceState: '',
  parentSpanId: '',
  flags: 1,
  name: 'GET /orders',
  kind: 2,
  startTimeUnixNano,
  endTimeUnixNano: '1544712660301500001',
  attributes: [{ key: 'n', value: { intValue: '9223372036854775807' } }],
  droppedAttributesCount: 0,
  events: [],
  droppedEventsCount: 0,
  links: [],
  droppedLinksCount: 0,
  status: { code: 0, message: '' },
  resource,
  scope,
};

export const log: LogItem = {
  id: '7',
  timeUnixNano: startTimeUnixNano,
  observedTimeUnixNano: startTimeUnixNano,
  effectiveTimeUnixNano: startTimeUnixNano,
  severityNumber: 9,
  severityText: 'INFO',
  body: { stringValue: 'hello' },
  attributes: [],
  droppedAttributesCount: 0,
  flags: 0,
  traceId,
  spanId,
  contextTraceId: traceId,
  contextSpanId: spanId,
  eventName: '',
  serviceName: 'api',
  resource,
  scope,
};

/** The engine's interface over one span in memory: the transports are what is tested, and need to be held, failed and counted from outside. */
export class InMemoryEngine implements Engine {
  /** No file is ever opened here. */
  readonly imports: EngineImports = {
    list: async () => [],
    begin: async () => Promise.reject(new Error('Nothing is opened here.')),
    piece: async () => undefined,
    get: async () => undefined,
    remove: async () => false,
  };
  readonly listeners = new Set<(change: ChangeEvent) => void>();
  readonly searches: unknown[] = [];
  /** Questions that no test of a transport asks have no answer here. */
  readonly ask: Ask = async (question, ...input) => {
    const answer = this.answers[question] as ((...given: unknown[]) => never) | undefined;
    if (answer === undefined) throw new Error(`${question} has no answer here.`);
    return answer(...input);
  };
  readonly answers: { [Name in keyof Questions]?: (...input: Parameters<Questions[Name]>) => unknown } = {
    searchTraces: (search) => {
      this.searches.push(search);
      if (search.query === '"') throw new QueryError('The quotation mark is not closed.', 0);
      if (search.query === 'away') throw Object.assign(new Error('The store is restarting.'), { name: 'StoreUnavailableError' });
      if (search.query === 'boom') throw new Error('secret detail of the inside');
      if (search.query === 'wrong') return JSON.parse('{"items":[{"spanCount":"many"}]}');
      return { items: [summary] };
    },
    openTrace: ({ traceId: id }) => {
      if (id !== traceId) return undefined;
      const column = [0];
      return {
        summary,
        strings: ['GET /orders', 'api', ''],
        spanId: [spanId],
        parent: [-1],
        offsetNs: column,
        durationNs: [1_500_000],
        name: [0],
        service: [1],
        kind: [2],
        statusCode: column,
        statusMessage: [2],
        eventCount: column,
        logCount: column,
        eventSpan: [],
        eventOffsetNs: [],
        eventIsException: [],
      };
    },
    traceColumns: ({ traceId: id }): TraceColumns | undefined => {
      if (id !== traceId) return undefined;
      return {
        summary,
        strings: ['GET /orders', 'api', ''],
        spanIds: Buffer.from(spanId, 'hex'),
        parent: Int32Array.of(-1),
        offsetNs: Float64Array.of(0),
        durationNs: Float64Array.of(1_500_000),
        name: Uint32Array.of(0),
        service: Uint32Array.of(1),
        kind: Int32Array.of(2),
        statusCode: Int32Array.of(0),
        statusMessage: Uint32Array.of(2),
        eventCount: Uint32Array.of(0),
        logCount: Uint32Array.of(0),
        eventSpan: new Int32Array(),
        eventOffsetNs: new Float64Array(),
        eventIsException: new Uint8Array(),
      };
    },
    otlpPage: ({ traceId: id }) => (id === traceId ? { resourceSpans: [{ resource: {}, scopeSpans: [] }] } : undefined),
    traceSpans: ({ traceId: id }) => (id === traceId ? { traceId, summary, spans: [span] } : undefined),
    span: (wanted) => (wanted.traceId === traceId && wanted.spanId === spanId ? span : undefined),
    searchLogs: (search) => {
      this.searches.push(search);
      return { items: [] };
    },
    log: ({ id }) => (id === log.id ? log : undefined),
    services: async () => {
      this.onServices();
      await this.held;
      return [
        { name: 'api', namespace: '', spanCount: 1, errorCount: 0, logCount: 0, lastSeenUnixNano: startTimeUnixNano, language: 'nodejs' },
      ];
    },
  };
  /** While set, `services` waits for it. */
  held: Promise<void> | undefined;
  onServices: () => void = () => undefined;
  change: ChangeEvent = { version: 1, traces: 1, spans: 1, logs: 0 };

  publish(change: Partial<ChangeEvent>): void {
    this.change = { ...this.change, ...change };
    for (const listener of this.listeners) listener(this.change);
  }

  onChange(listener: (change: ChangeEvent) => void): () => void {
    this.listeners.add(listener);
    listener(this.change);
    return () => this.listeners.delete(listener);
  }

  async status(): Promise<EngineStatus> {
    return {
      version: '0.1.0',
      receivers: [],
      stored: { traces: 1, spans: 1, logs: 0, bytes: 4096, maxBytes: 1_000_000 },
      received: { requests: 1, rejectedRecords: 0, metricPointsNotStored: 0 },
      dataDirectory: '/data',
      notices: [],
      doctor: { clients: [], findings: [] },
    };
  }

  async moveReceiver(protocol: 'grpc' | 'http', port: number): Promise<ReceiverStatus> {
    if (port === takenPort) throw new PortTakenError(port);
    return { protocol, port, state: 'listening', url: `http://localhost:${port}`, message: '' };
  }

  async pinTrace(id: string, pinned: boolean): Promise<boolean> {
    if (id !== traceId) return false;
    summary.pinned = pinned;
    return true;
  }

  async sendSamples(): Promise<string[]> {
    return [traceId];
  }

  async selfTest() {
    return { steps: [{ name: 'Send a span over HTTP', ok: true, message: 'Accepted.' }], traceId };
  }

  async stop(): Promise<void> {
    this.listeners.clear();
  }
}
