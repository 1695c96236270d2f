import type { Database } from 'better-sqlite3';
import type { Query } from '#proto/model/query';
import type { Span } from '#proto/model/span';
import type { TraceOrdinal } from './interface.ts';
import { attributeTest, spanMatches, type AttributeTest } from './matching.ts';
import { attributeExpression, phraseExpression } from './search-text.ts';
import { firstSpanIdOf, traceOrdinalOf } from './span-id.ts';

/**
 * Traces that one search term finds, from the newest back. `seek` gives the newest that did not arrive after `newest`; it is asked for ever smaller numbers. The traces that
 * all terms find come from seeking in turns (`search-traces.ts`), so that a rare term spares the frequent ones their work.
 */
export interface TraceStream {
  seek(newest: TraceOrdinal): TraceOrdinal | undefined;
  /** Lets go of the database, which takes no other work while it is being read. */
  close(): void;
}

type Status = Extract<Query[number], { kind: 'status' }>['status'];

/** All traces. */
export function everyTrace(db: Database): TraceStream {
  return fromSql(db, 'SELECT max(ordinal) FROM trace WHERE ordinal <= ?');
}

/** Traces in which a span has the status. */
export function tracesWithStatus(db: Database, status: Status): TraceStream {
  return fromSql(db, `SELECT max(ordinal) FROM trace WHERE ordinal <= ? AND ${status}_count > 0`);
}

function fromSql(db: Database, sql: string): TraceStream {
  const statement = db.prepare<[number], number | null>(sql).pluck();
  return { seek: (newest) => statement.get(newest) ?? undefined, close: () => undefined };
}

/** Traces with spans of any of these sources. */
export function tracesOfSources(db: Database, sources: readonly number[]): TraceStream {
  const newestOfSource = db
    .prepare<[number, number], number | null>('SELECT max(trace) FROM trace_source WHERE source = ? AND trace <= ?')
    .pluck();
  return {
    seek: (newest) => {
      let found: TraceOrdinal | undefined;
      for (const source of sources) {
        const ordinal = newestOfSource.get(source, newest) ?? undefined;
        if (ordinal !== undefined && (found === undefined || ordinal > found)) found = ordinal;
      }
      return found;
    },
    close: () => undefined,
  };
}

/** Traces in which a span holds the words. */
export function tracesWithText(db: Database, term: Extract<Query[number], { kind: 'text' }>): TraceStream {
  return new TextStream(db, phraseExpression(term));
}

/** Traces in which a span, one of its events, its resource or its scope has the attribute. `sources` are those that have it. */
export function tracesWithAttribute(db: Database, key: string, value: string, sources: readonly number[]): TraceStream {
  const test = attributeTest(key, value);
  const spans = new TextStream(db, attributeExpression(test.names, value), recordTest(db, test));
  return sources.length === 0 ? spans : eitherOf(spans, tracesOfSources(db, sources));
}

function recordTest(db: Database, test: AttributeTest): (storedSpanId: number) => boolean {
  const record = db.prepare<[number], string>('SELECT record FROM span_record WHERE id = ?').pluck();
  return (storedSpanId) => {
    const json = record.get(storedSpanId);
    return json !== undefined && spanMatches(JSON.parse(json) as Span, test);
  };
}

function eitherOf(one: TraceStream, other: TraceStream): TraceStream {
  return {
    seek: (newest) => {
      const [a, b] = [one.seek(newest), other.seek(newest)];
      return a === undefined || (b !== undefined && b > a) ? b : a;
    },
    close: () => {
      one.close();
      other.close();
    },
  };
}

/** Matches that are stepped over one by one before the index is asked to jump, which costs as much as a few dozen steps. */
const maxSteps = 64;

class TextStream implements TraceStream {
  readonly #matches;
  readonly #expression: string;
  readonly #verify: ((storedSpanId: number) => boolean) | undefined;
  #iterator: IterableIterator<number> | undefined;
  #current: number | undefined;

  constructor(db: Database, expression: string, verify?: (storedSpanId: number) => boolean) {
    // A statement that is being stepped through cannot be started again, so each stream has its own.
    this.#matches = db
      .prepare<[string, number], number>(
        'SELECT rowid FROM span_text WHERE span_text MATCH ? AND rowid < CAST(? AS INTEGER) ORDER BY rowid DESC',
      )
      .pluck();
    this.#expression = expression;
    this.#verify = verify;
  }

  seek(newest: TraceOrdinal): TraceOrdinal | undefined {
    const end = firstSpanIdOf(newest + 1);
    if (this.#iterator === undefined) this.#jump(end);
    for (let steps = 0; this.#current !== undefined;) {
      if (this.#current < end) {
        if (this.#verify === undefined || this.#verify(this.#current)) return traceOrdinalOf(this.#current);
        this.#step();
      } else if (steps++ < maxSteps) this.#step();
      else this.#jump(end);
    }
    return undefined;
  }

  close(): void {
    this.#iterator?.return?.();
  }

  #jump(end: number): void {
    this.#iterator?.return?.();
    this.#iterator = this.#matches.iterate(this.#expression, end);
    this.#step();
  }

  #step(): void {
    const next = this.#iterator?.next();
    this.#current = next === undefined || next.done === true ? undefined : next.value;
  }
}
