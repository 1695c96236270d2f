import type { Query, QueryTerm } from '#proto/model/query';

/**
 * Works out a query for many records at a time: one byte a record, from 0 (does not meet it) to `most` (meets it). With `most` 2, 1 says "cannot be told from here", and
 * the rules are Kleene's: `and` is the least, `or` the greatest, `not` the other end. `ofTerm` makes a fresh array, which is then written to.
 */
export function evaluateTree(query: Query, count: number, most: 1 | 2, ofTerm: (term: QueryTerm) => Uint8Array): Uint8Array {
  switch (query.kind) {
    case 'and':
      return conjunction(query.of, count, most, ofTerm);
    case 'or':
      return disjunction(query.of, count, most, ofTerm);
    case 'not':
      return negation(evaluateTree(query.query, count, most, ofTerm), most);
    default:
      return ofTerm(query);
  }
}

function conjunction(of: readonly Query[], count: number, most: 1 | 2, ofTerm: (term: QueryTerm) => Uint8Array): Uint8Array {
  let met: Uint8Array | undefined;
  for (const part of of) {
    const other = evaluateTree(part, count, most, ofTerm);
    met = met === undefined ? other : least(met, other);
    if (isNone(met)) return met;
  }
  return met ?? new Uint8Array(count).fill(most);
}

function disjunction(of: readonly Query[], count: number, most: 1 | 2, ofTerm: (term: QueryTerm) => Uint8Array): Uint8Array {
  const met = new Uint8Array(count);
  for (const part of of) {
    const other = evaluateTree(part, count, most, ofTerm);
    for (let record = 0; record < count; record += 1) met[record] = Math.max(met[record] as number, other[record] as number);
  }
  return met;
}

function least(met: Uint8Array, other: Uint8Array): Uint8Array {
  for (let record = 0; record < met.length; record += 1) met[record] = Math.min(met[record] as number, other[record] as number);
  return met;
}

function negation(met: Uint8Array, most: 1 | 2): Uint8Array {
  for (let record = 0; record < met.length; record += 1) met[record] = most - (met[record] as number);
  return met;
}

/** Whether no record can meet it: the rest of a conjunction then need not be looked at. */
function isNone(met: Uint8Array): boolean {
  for (let record = 0; record < met.length; record += 1) if (met[record] !== 0) return false;
  return true;
}
