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
    const { query, arrived, facetSpans, mostFound } = asked;
    const found = new NewestOrdinals(mostFound + 1, this.#traces.living(undefined, arrived));
    const isEverything = query.kind === 'and' && query.of.length === 0;
    let isWhole = true;
    if (isEverything) this.#traces.newest(found, mostFound + 1, arrived);
    else isWhole = findTraces(query, chunks, new MatchingSources(this.#sources), found, mostSpans);
    const newest = found.newestFirst().slice(0, mostFound);
    const isAll = isWhole && found.newestFirst().length <= mostFound;
    const counted = isEverything ? this.#countAll(asked) : this.#countFound(asked, newest, isAll);
    return {
      ...counted.counts,
      points: counted.told.map((trace) => this.#point(trace)),
      pointStep: counted.pointStep,
      facets: this.#facets.count(query, newest, isAll, facetSpans),
    };
  }

  #countFound({ arrived, buckets, points }: TraceOverviewQuery, newest: readonly TraceOrdinal[], isComplete: boolean): Counted {
    const traces = newest.flatMap((ordinal) => this.#read(ordinal));
    const pointStep = stepOf((step) => newest.filter((ordinal) => ordinal % step === 0).length, points, newest.length);
    return {
      counts: { ...countTraces(traces.map(arrivalOf), arrived, buckets), isComplete },
      told: points === 0 ? [] : traces.filter((_, place) => (newest[place] as TraceOrdinal) % pointStep === 0),
      pointStep,
    };
  }

  #countAll({ arrived, buckets, points, mostCounted }: TraceOverviewQuery): Counted {
    const wanted = new NewestOrdinals(1, this.#traces.living(undefined, arrived));
    const bounds = this.#arrivals.boundsOf(wanted, mostCounted);
    const counts = this.#arrivals.count(arrived, wanted, bounds, buckets);
    const pointStep = stepOf((step) => this.#arrivals.oneIn(step, arrived, wanted, bounds).length, points, counts.traceCount);
    const told = points === 0 ? [] : this.#arrivals.oneIn(pointStep, arrived, wanted, bounds).flatMap((ordinal) => this.#read(ordinal));
    return { counts, told, pointStep };
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

/** What was counted, and of it one trace in `pointStep`. */
interface Counted {
  counts: ArrivalCounts;
  told: StoredTrace[];
  pointStep: number;
}

/** A power of two of which no more than `most` multiples are among `count` ordinals: the least one, as far as ordinals lie evenly. */
function stepOf(multiplesOf: (step: number) => number, most: number, count: number): number {
  if (most === 0) return 1;
  let step = 1;
  while (count > step * most * 2 || multiplesOf(step) > most) step *= 2;
  return step;
}

const arrivalOf = ({ receivedNs, sum }: StoredTrace): { receivedNs: bigint; isError: boolean } => ({
  receivedNs,
  isError: sum.errorCount > 0,
});
