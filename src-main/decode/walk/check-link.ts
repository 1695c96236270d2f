import type { AttributeTable } from './attribute-table.ts';
import { ValueCheck, verdict, type Verdict } from './check-value.ts';
import { noRow } from './walked.ts';
import { wire, WireField } from './wire-field.ts';

const wireTypes: Record<number, number> = { 1: wire.bytes, 2: wire.bytes, 3: wire.bytes, 4: wire.bytes, 5: wire.varint, 6: wire.fixed32 };
const field = new WireField();

/** What the object decoder would make of a link (trace.proto `Span.Link`). Its attributes go into `attributes`, which is not that of the spans. */
export function checkLink(bytes: Uint8Array, from: number, limit: number, attributes: AttributeTable): Verdict {
  const check = new ValueCheck(bytes);
  let traceId = false;
  let spanId = false;
  let isText = true;
  attributes.beginList();
  for (let pos = from; pos < limit; pos = field.end) {
    if (!field.read(bytes, pos, limit)) return verdict.damaged;
    const { number, type, start, end } = field;
    if ((wireTypes[number] ?? type) !== type) return verdict.damaged;
    if (number === 1) traceId = end - start === 16 && !isZero(bytes, start, end);
    else if (number === 2) spanId = end - start === 8 && !isZero(bytes, start, end);
    else if (number === 3) isText = check.isText(start, end) && isText;
    else if (number === 4 && attributes.add(start, end) === noRow) return verdict.damaged;
  }
  return traceId && spanId && isText && !attributes.irregular ? verdict.clean : verdict.irregular;
}

export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let pos = start; pos < end; pos += 1) if (bytes[pos] !== 0) return false;
  return true;
}
