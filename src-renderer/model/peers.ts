import { type Peer, type PeerKey, peerOf } from '#proto/analysis/peer';
import type { AttributeColumn } from '#proto/bridge/trace-attributes';

/** Whom each span called, as far as its attributes say. Spans are numbers in tree order; `spanOf` knows them by id. */
export const peersOf = (columns: readonly AttributeColumn[], spanOf: ReadonlyMap<string, number>): ((span: number) => Peer | undefined) => {
  const values = new Map<string, { strings: readonly string[]; bySpan: ReadonlyMap<number, number> }>();
  for (const { key, strings, spanId, value } of columns) {
    const bySpan = new Map<number, number>();
    for (const [index, id] of spanId.entries()) {
      const span = spanOf.get(id);
      if (span !== undefined) bySpan.set(span, value[index] ?? 0);
    }
    values.set(key, { strings, bySpan });
  }
  return (span) =>
    peerOf((key: PeerKey) => {
      const column = values.get(key);
      return column?.strings[column.bySpan.get(span) ?? -1];
    });
};
