/** Entries begin here, and after each one the next: columns of 64 bits can then be read where they lie. */
const alignment = 8;

/** `group_entries.entries`: each entry behind its length (uint32 little endian), both padded to a multiple of 8 bytes. */
export function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(entries.reduce((sum, { length }) => sum + alignment + padded(length), 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const entry of entries) {
    view.setUint32(at, entry.length, true);
    joined.set(entry, at + alignment);
    at += alignment + padded(entry.length);
  }
  return joined;
}

/** In order; views of a copy of `bytes` that begin at a multiple of 8. Throws a `RangeError` where the bytes are too few. */
export function splitEntries(bytes: Uint8Array): Uint8Array[] {
  const joined = new Uint8Array(bytes);
  const view = new DataView(joined.buffer);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < joined.length;) {
    const length = view.getUint32(at, true);
    if (at + alignment + length > joined.length) throw new RangeError('The entries of a group end in the middle of one.');
    entries.push(joined.subarray(at + alignment, at + alignment + length));
    at += alignment + padded(length);
  }
  return entries;
}

function padded(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}
