import type { Query, QueryTerm } from '#proto/model/query';

/** One term over many records; what it says of records that are not `wanted` does not matter. Makes a fresh array, which is then written to. */
type TermEvaluation = (term: QueryTerm, wanted: Uint8Array) => Uint8Array;

/**
 * Works out a query for many records at a time: one byte a record, from 0 (does not meet it) to `most` (meets it). With `most` 2, 1 says "cannot be told from here", and the rules
 * are Kleene's: `and` is the least, `or` the greatest, `not` the other end. What is cheap to know is asked first, and then only of records for which it still matters.
 */
export function evaluateTree(query: Query, count: number, most: 1 | 2, ofTerm: TermEvaluation): Uint8Array {
  return new Evaluation(most, ofTerm).of(query, new Uint8Array(count).fill(1));
}

class Evaluation {
  readonly #most: 1 | 2;
  readonly #ofTerm: TermEvaluation;

  constructor(most: 1 | 2, ofTerm: TermEvaluation) {
    this.#most = most;
    this.#ofTerm = ofTerm;
  }

  of(query: Query, wanted: Uint8Array): Uint8Array {
    switch (query.kind) {
      case 'and':
        return this.#all(query.of, wanted);
      case 'or':
        return this.#any(query.of, wanted);
      case 'not':
        return this.of(query.query, wanted).map((one) => this.#most - one);
      default:
        return this.#ofTerm(query, wanted);
    }
  }

  #all(of: readonly Query[], wanted: Uint8Array): Uint8Array {
    const met = new Uint8Array(wanted.length);
    for (let record = 0; record < wanted.length; record += 1) if (wanted[record] !== 0) met[record] = this.#most;
    for (const part of cheapestFirst(of)) {
      if (!met.some(isOpen)) break;
      const other = this.of(part, met);
      for (let record = 0; record < met.length; record += 1)
        if ((other[record] as number) < (met[record] as number)) met[record] = other[record] as number;
    }
    return met;
  }

  #any(of: readonly Query[], wanted: Uint8Array): Uint8Array {
    const met = new Uint8Array(wanted.length);
    const open = wanted.slice();
    for (const part of cheapestFirst(of)) {
      const other = this.of(part, open);
      for (let record = 0; record < met.length; record += 1) {
        if (open[record] === 0) continue;
        if ((other[record] as number) > (met[record] as number)) met[record] = other[record] as number;
        if (met[record] === this.#most) open[record] = 0;
      }
      if (!open.some(isOpen)) break;
    }
    return met;
  }
}

const isOpen = (one: number): boolean => one !== 0;

function cheapestFirst(of: readonly Query[]): readonly Query[] {
  return of.length < 2 ? of : of.toSorted((a, b) => costOf(a) - costOf(b));
}

function costOf(query: Query): number {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.reduce((cost, part) => Math.max(cost, costOf(part)), 0);
    case 'not':
      return costOf(query.query);
    case 'text':
      return 2;
    case 'attribute':
    case 'attributeLike':
    case 'exists':
      return 1;
    case 'like':
      return query.field === 'service' ? 0 : query.field === 'any' ? 3 : 2;
    default:
      return 0;
  }
}
