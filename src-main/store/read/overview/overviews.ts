import type { Database } from 'better-sqlite3';
import type { TraceOverview, TracePoint } from '#proto/bridge/trace-overview';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { TraceOrdinal, TraceOverviewQuery } from '../../interface.ts';
import type { ChunkContents } from '../chunk-content.ts';
import { findTraces, type SpanChunks } from '../find-traces.ts';
import { NewestOrdinals } from '../newest-ordinals.ts';
import { MatchingSources, type SourceRecords } from '../source-records.ts';
import { durationOf } from '../trace-summary.ts';
import type { StoredTrace, Traces } from '../traces.ts';
import { ArrivalCounter, countTraces, type ArrivalCounts } from './count-arrivals.ts';
import { Facets } from './count-facets.ts';

/** In chunks of how many spans a search may read for an overview: some tenths of a second's worth. */
const mostSpans = 200_000;

/** What the traces of a search look like together. */
export class Overviews {
  readonly #traces: Traces;
  readonly #sources: SourceRecords;
  readonly #arrivals: ArrivalCounter;
  readonly #facets: Facets;

  constructor(db: Database, traces: Traces, sources: SourceRecords, contents: ChunkContents<WalkedSpans>) {
    this.#traces = traces;
    this.#sources = sources;
    this.#arrivals = new ArrivalCounter(db, traces);
    this.#facets = new Facets(db, traces, contents);
  }

  read(asked: TraceOverviewQuery, chunks: SpanChunks): TraceOverview {
    const { query, arrived, buckets, points, facetSpans, mostFound, mostCounted } = asked;
    const found = new NewestOrdinals(mostFound + 1, this.#traces.living(undefined, arrived));
    const isEverything = query.kind === 'and' && query.of.length === 0;
    let isWhole = true;
    if (isEverything) this.#traces.newest(found, mostFound + 1, arrived);
    else isWhole = findTraces(query, chunks, new MatchingSources(this.#sources), found, mostSpans);
    const newest = found.newestFirst().slice(0, mostFound);
    const isAll = isWhole && found.newestFirst().length <= mostFound;
    const traces = newest.slice(0, isEverything ? points : mostFound).flatMap((ordinal) => this.#read(ordinal));
    return {
      ...(isEverything
        ? this.#countAll(asked, mostCounted)
        : { ...countTraces(traces.map(arrivalOf), arrived, buckets), isComplete: isAll }),
      points: traces.slice(0, points).map((trace) => this.#point(trace)),
      facets: this.#facets.count(query, newest, isAll, facetSpans),
    };
  }

  #countAll({ arrived, buckets }: TraceOverviewQuery, most: number): ArrivalCounts {
    return this.#arrivals.count(arrived, new NewestOrdinals(1, this.#traces.living(undefined, arrived)), buckets, most);
  }

  #read(ordinal: TraceOrdinal): StoredTrace[] {
    const trace = this.#traces.read(ordinal);
    return trace === undefined ? [] : [trace];
  }

  #point({ traceId, receivedNs, sum }: StoredTrace): TracePoint {
    return {
      traceId: Buffer.from(traceId).toString('hex'),
      rootName: sum.rootName,
      rootService: this.#sources.read(sum.rootSource).serviceName,
      receivedTimeUnixNano: String(receivedNs),
      durationNano: durationOf(sum.startNs, sum.endNs),
      isError: sum.errorCount > 0,
    };
  }
}

const arrivalOf = ({ receivedNs, sum }: StoredTrace): { receivedNs: bigint; isError: boolean } => ({
  receivedNs,
  isError: sum.errorCount > 0,
});
