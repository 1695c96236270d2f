import type { Database } from 'better-sqlite3';
import type { QueryTerm } from '#proto/model/query';
import type { TraceOrdinal, TraceQuery } from './interface.ts';
import type { SourceRecords } from './source-records.ts';
import { everyTrace, tracesOfSources, tracesWithAttribute, tracesWithStatus, tracesWithText, type TraceStream } from './trace-streams.ts';

/** The traces that every term finds, newest first. Different terms may be met by different spans of a trace. */
export function findTraces(db: Database, sources: SourceRecords, { query, limit, before }: TraceQuery): TraceOrdinal[] {
  // Text may still be found of a trace that is being deleted; what is not among all traces is gone.
  const streams = [everyTrace(db), ...query.map((term) => streamOf(db, sources, term))];
  try {
    const found: TraceOrdinal[] = [];
    let newest: TraceOrdinal | undefined = (before ?? Number.MAX_SAFE_INTEGER) - 1;
    while (found.length < limit && (newest = seekAll(streams, newest)) !== undefined) {
      found.push(newest);
      newest -= 1;
    }
    return found;
  } finally {
    for (const stream of streams) stream.close();
  }
}

/** Lets the streams take turns in going back, until all of them stand at the same trace. */
function seekAll(streams: readonly TraceStream[], newest: TraceOrdinal): TraceOrdinal | undefined {
  let candidate = newest;
  for (let agreed = 0; agreed < streams.length;) {
    agreed = 0;
    for (const stream of streams) {
      const found = stream.seek(candidate);
      if (found === undefined) return undefined;
      if (found < candidate) {
        candidate = found;
        agreed = 0;
      }
      agreed += 1;
    }
  }
  return candidate;
}

function streamOf(db: Database, sources: SourceRecords, term: QueryTerm): TraceStream {
  switch (term.kind) {
    case 'text':
      return tracesWithText(db, term);
    case 'status':
      return tracesWithStatus(db, term.status);
    case 'service':
      return tracesOfSources(db, sources.ofService(term.name));
    case 'attribute':
      return tracesWithAttribute(db, term.key, term.value, sources.withAttribute(term.key, term.value));
  }
}
