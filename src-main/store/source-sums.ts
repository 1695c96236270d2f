/** Spans of one source in a trace: id of `source`, spans, spans with an error. */
export type SourceSum = [source: number, spans: number, errors: number];

/** `trace.sources`: the three numbers of each, as varints (Protocol Buffers, "Base 128 Varints"). A trace through five services takes some fifty bytes. */
export function writeSourceSums(sums: readonly SourceSum[]): Uint8Array {
  const bytes: number[] = [];
  for (const sum of sums) {
    for (const number of sum) {
      let rest = number;
      for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
      bytes.push(rest);
    }
  }
  return Uint8Array.from(bytes);
}

export function readSourceSums(bytes: Uint8Array): SourceSum[] {
  const numbers: number[] = [];
  let number = 0;
  let factor = 1;
  for (const byte of bytes) {
    number += (byte & 0x7f) * factor;
    factor *= 0x80;
    if (byte > 0x7f) continue;
    numbers.push(number);
    number = 0;
    factor = 1;
  }
  return Array.from({ length: Math.floor(numbers.length / 3) }, (_, sum) => numbers.slice(sum * 3, sum * 3 + 3) as SourceSum);
}
