import type { AttributeTable } from './attribute-table.ts';
import { ValueCheck, verdict, type Verdict } from './check-value.ts';
import { noRow } from './walked.ts';
import { wire, WireField } from './wire-field.ts';

const wireTypes: Record<number, number> = { 1: wire.bytes, 2: wire.bytes, 3: wire.bytes, 4: wire.bytes, 5: wire.varint, 6: wire.fixed32 };

/** Looks at links (trace.proto `Span.Link`) one after the other. */
export class LinkCheck {
  /** Where the 16 bytes of the trace id and the 8 of the span id begin in the link that was looked at last; 0 where it has no valid one. */
  traceAt = 0;
  spanAt = 0;
  readonly #field = new WireField();

  /** What the object decoder would make of a link. Its attributes go into `attributes`, which is not that of the spans. */
  link(bytes: Uint8Array, from: number, limit: number, attributes: AttributeTable): Verdict {
    const check = new ValueCheck(bytes);
    const field = this.#field;
    let isText = true;
    this.traceAt = this.spanAt = 0;
    attributes.beginList();
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(bytes, pos, limit)) return verdict.damaged;
      const { number, type, start, end } = field;
      if ((wireTypes[number] ?? type) !== type) return verdict.damaged;
      if (number === 1) this.traceAt = end - start === 16 && !isZero(bytes, start, end) ? start : 0;
      else if (number === 2) this.spanAt = end - start === 8 && !isZero(bytes, start, end) ? start : 0;
      else if (number === 3) isText = check.isText(start, end) && isText;
      else if (number === 4 && attributes.add(start, end) === noRow) return verdict.damaged;
    }
    return this.traceAt > 0 && this.spanAt > 0 && isText && !attributes.irregular ? verdict.clean : verdict.irregular;
  }
}

export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let pos = start; pos < end; pos += 1) if (bytes[pos] !== 0) return false;
  return true;
}
