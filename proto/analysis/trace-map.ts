import { SpanKind } from '../model/span.ts';
import { dimensionOf, type Dimension } from './dimension.ts';
import type { Peer } from './peer.ts';
import type { Trace } from './trace.ts';

export interface MapNode {
  kind: 'service' | Peer['kind'];
  name: string;
  /** Of a database or queue, as in `Peer`. */
  system: string;
  /** Spans that it sent; 0 of what sends none. */
  spanCount: number;
  errorCount: number;
}

export interface MapEdge {
  /** Index of the caller, or of the queue that a consumer reads from. */
  from: number;
  to: number;
  kind: 'call' | 'messaging' | 'database';
  /** Calls: one for each span in which the called service answered, or that called something that sends no spans. */
  count: number;
  /** Those in which either side failed. */
  errorCount: number;
  /** Those to a service that sends spans, but sent none for this call. */
  unansweredCount: number;
  /** How long callers waited: the duration of the caller's span, once, however many answers it had; without such a span that of the answer. */
  totalNs: number;
}

/** Who called whom in a trace. */
export interface TraceMap {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  /** The edge of each span that answered a call, or made one to what sends no spans; -1 for all others. */
  edgeOf: Int32Array;
}

type Calls = Pick<Trace, 'tree' | 'service' | 'kind' | 'isError' | 'durationNs'>;

/**
 * Derives who called whom, in two loops over the tree:
 *
 * - A span whose parent is of another service answers a call. Within one service that is so only for a SERVER or CONSUMER span under a CLIENT or PRODUCER one: the service called itself. Other
 *   spans under each other are work inside of it, also a second SERVER span of another instrumentation.
 * - A CLIENT or PRODUCER span below which nothing answered called what its attributes name (`peerOf`): a database, a queue, something external. Of several such spans around
 *   each other (a library's own and that of the HTTP client below) the outermost with a name counts.
 * - Something external that is a service of this trace by name, or by an address at which that service answered another call, is that service: of a call that was tried three times and
 *   answered once, all three go there.
 * - A CONSUMER span that nobody's span is the parent of read from the queue that its attributes name.
 */
export const traceMap = (trace: Calls, peerOf: (span: number) => Peer | undefined): TraceMap => new MapBuilder(trace, peerOf).build();

class MapBuilder {
  readonly #trace: Calls;
  readonly #peerOf: (span: number) => Peer | undefined;
  readonly #services: Dimension;
  readonly #serviceByName: ReadonlyMap<string | undefined, number>;
  readonly #nodes: MapNode[];
  readonly #nodeByKey = new Map<string, number>();
  readonly #edges: MapEdge[] = [];
  readonly #edgeByKey = new Map<string, number>();
  readonly #edgeOf: Int32Array;
  /** 1 for each span below which, in its own service, a call was answered. */
  readonly #isAnswered: Uint8Array;
  /** The service that answered at an address; -1 where several did, as behind a gateway. */
  readonly #answeredAt = new Map<string, number>();
  /** Caller's spans by edge, whose time is counted. */
  readonly #waited = new Set<string>();

  constructor(trace: Calls, peerOf: (span: number) => Peer | undefined) {
    this.#trace = trace;
    this.#peerOf = peerOf;
    this.#services = dimensionOf(trace.tree.size, (span) => trace.service.at(span));
    this.#serviceByName = new Map(this.#services.labels.map((name, index) => [name, index]));
    this.#nodes = this.#services.labels.map((name = '') => ({ kind: 'service', name, system: '', spanCount: 0, errorCount: 0 }));
    this.#edgeOf = new Int32Array(trace.tree.size).fill(-1);
    this.#isAnswered = new Uint8Array(trace.tree.size);
  }

  build(): TraceMap {
    const { size } = this.#trace.tree;
    for (let span = 0; span < size; span++) this.#addToService(span);
    for (let span = 0; span < size; span++) if (this.#isAnswer(span)) this.#addAnswer(span);
    this.#spreadAnswers();
    this.#addSilentPeers();
    return { nodes: this.#nodes, edges: this.#edges, edgeOf: this.#edgeOf };
  }

  #addToService(span: number): void {
    const node = this.#nodes[this.#serviceOf(span)];
    if (node === undefined) return;
    node.spanCount += 1;
    node.errorCount += this.#trace.isError[span] ?? 0;
  }

  #serviceOf(span: number): number {
    return this.#services.codes[span] ?? -1;
  }

  #parentOf(span: number): number {
    return this.#trace.tree.parent[span] ?? -1;
  }

  #isAnswer(span: number): boolean {
    const parent = this.#parentOf(span);
    if (parent < 0) return false;
    return this.#serviceOf(span) !== this.#serviceOf(parent) || (this.#isCalling(parent) && this.#isCalled(span));
  }

  #isCalling(span: number): boolean {
    const kind = this.#trace.kind[span];
    return kind === SpanKind.client || kind === SpanKind.producer;
  }

  #isCalled(span: number): boolean {
    const kind = this.#trace.kind[span];
    return kind === SpanKind.server || kind === SpanKind.consumer;
  }

  #addAnswer(span: number): void {
    const { kind, isError, durationNs } = this.#trace;
    const caller = this.#parentOf(span);
    const isMessage = kind[caller] === SpanKind.producer || kind[span] === SpanKind.consumer;
    const to = this.#serviceOf(span);
    const index = this.#edge(this.#serviceOf(caller), to, isMessage ? 'messaging' : 'call');
    const isCalling = this.#isCalling(caller);
    const isFirst = !this.#waited.has(`${index} ${caller}`);
    this.#isAnswered[caller] = 1;
    this.#count(index, span, {
      isError: isError[span] === 1 || (isCalling && isError[caller] === 1),
      waitedNs: !isCalling ? durationNs[span] : isFirst ? durationNs[caller] : 0,
    });
    if (!isCalling) return;
    this.#waited.add(`${index} ${caller}`);
    const peer = this.#peerOf(caller);
    if (peer?.kind !== 'external') return;
    this.#answeredAt.set(peer.name, (this.#answeredAt.get(peer.name) ?? to) === to ? to : -1);
  }

  /** Up to all spans of the same service around those that were answered. */
  #spreadAnswers(): void {
    for (let span = this.#trace.tree.size - 1; span >= 0; span--) {
      const parent = this.#parentOf(span);
      if (parent >= 0 && this.#isAnswered[span] === 1 && this.#serviceOf(parent) === this.#serviceOf(span)) this.#isAnswered[parent] = 1;
    }
  }

  #addSilentPeers(): void {
    /** 1 for each span that lies in one whose peer is on the map. */
    const isCovered = new Uint8Array(this.#trace.tree.size);
    for (let span = 0; span < isCovered.length; span++) {
      const parent = this.#parentOf(span);
      isCovered[span] = parent >= 0 && !this.#isAnswer(span) && isCovered[parent] === 1 ? 1 : 0;
      if (isCovered[span] === 1 || this.#isAnswered[span] === 1 || this.#edgeOf[span] !== -1) continue;
      const isReading = this.#trace.kind[span] === SpanKind.consumer;
      if (!isReading && !this.#isCalling(span)) continue;
      const peer = this.#peerOf(span);
      if (peer === undefined || (isReading && peer.kind !== 'queue')) continue;
      this.#addSilentPeer(span, peer, isReading);
      isCovered[span] = 1;
    }
  }

  #addSilentPeer(span: number, peer: Peer, isReading: boolean): void {
    const service = this.#serviceOf(span);
    const known = this.#knownService(peer);
    const other = known ?? this.#node(peer);
    const kind = peer.kind === 'external' ? 'call' : peer.kind === 'queue' ? 'messaging' : 'database';
    const index = isReading ? this.#edge(other, service, kind) : this.#edge(service, other, kind);
    this.#count(index, span, { isError: this.#trace.isError[span] === 1, waitedNs: this.#trace.durationNs[span] });
    const edge = this.#edges[index];
    if (edge !== undefined && known !== undefined) edge.unansweredCount += 1;
  }

  #knownService({ kind, name }: Peer): number | undefined {
    if (kind !== 'external') return undefined;
    const service = this.#serviceByName.get(name) ?? this.#answeredAt.get(name) ?? -1;
    return service < 0 ? undefined : service;
  }

  #node({ kind, name, system }: Peer): number {
    const key = `${kind}\n${system}\n${name}`;
    let index = this.#nodeByKey.get(key);
    if (index === undefined) {
      index = this.#nodes.push({ kind, name, system, spanCount: 0, errorCount: 0 }) - 1;
      this.#nodeByKey.set(key, index);
    }
    return index;
  }

  #edge(from: number, to: number, kind: MapEdge['kind']): number {
    const key = `${from} ${to} ${kind}`;
    let index = this.#edgeByKey.get(key);
    if (index === undefined) {
      index = this.#edges.push({ from, to, kind, count: 0, errorCount: 0, unansweredCount: 0, totalNs: 0 }) - 1;
      this.#edgeByKey.set(key, index);
    }
    return index;
  }

  #count(index: number, span: number, { isError, waitedNs = 0 }: { isError: boolean; waitedNs: number | undefined }): void {
    const edge = this.#edges[index];
    if (edge === undefined) return;
    edge.count += 1;
    edge.errorCount += isError ? 1 : 0;
    edge.totalNs += Math.max(0, waitedNs);
    this.#edgeOf[span] = index;
  }
}
