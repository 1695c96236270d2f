import { longestAttributeText, type AttributeKey } from '#proto/bridge/trace-attributes';
import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { attributeNames } from '#proto/model/semantic-conventions';
import { DistinctRanges } from '#main/decode/walk/distinct-ranges';
import { Sources } from '#main/decode/walk/sources';
import { wire, WireField } from '#main/decode/walk/wire-field';
import { keyValueAt } from '../index/key-value.ts';
import type { SpanAttributes } from '../interface.ts';
import type { TraceSpans } from './trace-spans.ts';

const attributesField = 9;

/** Attributes of the spans of a trace: each distinct one of a chunk is read once, however many spans have it. `wanted`: keys whose values are gathered. */
export function traceAttributes(spans: TraceSpans, wanted: readonly string[]): SpanAttributes {
  const found = new FoundAttributes(spans, wanted);
  for (const part of spans.parts()) found.addPart(part);
  return found.answer();
}

type Part = ReturnType<TraceSpans['parts']> extends Iterable<infer One> ? One : never;

/** What is known of a distinct attribute. */
interface KnownAttribute {
  key: string;
  /** Of each wanted key: how good a name of it this is, 0 for the newest; absent where it is none. */
  wanted: readonly { column: number; rank: number }[];
  text: string;
}

class FoundAttributes {
  readonly #spans: TraceSpans;
  /** The wanted keys that each name stands for. */
  readonly #wantedBy = new Map<string, { column: number; rank: number }[]>();
  readonly #columns: Column[];
  readonly #counts = new Map<string, KeyCount>();
  readonly #field = new WireField();
  readonly #ranges = new DistinctRanges();
  #known: (KnownAttribute | undefined)[] = [];

  constructor(spans: TraceSpans, wanted: readonly string[]) {
    this.#spans = spans;
    this.#columns = wanted.map(() => new Column(spans.order.length));
    for (const [column, key] of wanted.entries())
      for (const [rank, name] of attributeNames(key).entries())
        this.#wantedBy.set(name, [...(this.#wantedBy.get(name) ?? []), { column, rank }]);
  }

  addPart({ content, placeOf }: Part): void {
    const { bytes, frame } = content;
    this.#ranges.reset(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#known = [];
    const sources = new Sources(bytes, frame);
    for (const [group, { from, to }] of frame.scopes.entries()) {
      let ofResource: (KnownAttribute | undefined)[] | undefined;
      for (let row = from; row < to; row += 1) {
        const place = placeOf(row);
        if (place < 0) continue;
        this.#addSpan(bytes, frame.recordStart[row] as number, frame.recordEnd[row] as number, place);
        ofResource ??= (sources.sources[sources.rowOf(group, '')]?.resource.attributes ?? []).map((one) => this.#know(one));
        for (const attribute of ofResource) if (attribute !== undefined) this.#add(attribute, place, true);
      }
    }
  }

  #addSpan(bytes: Buffer, start: number, end: number, place: number): void {
    const field = this.#field;
    for (let pos = start; pos < end && field.read(bytes, pos, end); pos = field.end) {
      if (field.number !== attributesField || field.type !== wire.bytes) continue;
      const row = this.#ranges.rowOf(field.start, field.end);
      const known = (this.#known[row] ??= this.#know(keyValueAt(bytes, field.start, field.end)));
      if (known !== undefined) this.#add(known, place, false);
    }
  }

  /** `undefined` of what is too large to be told apart by. */
  #know(attribute: KeyValue | undefined): KnownAttribute | undefined {
    if (attribute === undefined) return undefined;
    const { key, value } = attribute;
    return { key, wanted: this.#wantedBy.get(key) ?? [], text: displayValue(value).slice(0, longestAttributeText) };
  }

  #add({ key, wanted, text }: KnownAttribute, place: number, isOfResource: boolean): void {
    let count = this.#counts.get(key);
    if (count === undefined) this.#counts.set(key, (count = new KeyCount()));
    count.add(place, isOfResource);
    for (const { column, rank } of wanted) this.#columns[column]?.add(place, isOfResource ? rank + leastResourceRank : rank, text);
  }

  answer(): SpanAttributes {
    const { order, table } = this.#spans;
    return {
      keys: Array.from(this.#counts, ([key, { spanCount, resourceSpanCount }]) => ({ key, spanCount, resourceSpanCount })).toSorted(
        mostFrequent,
      ),
      columns: this.#columns.map(({ strings, value }) => {
        const places: number[] = [];
        for (let place = 0; place < value.length; place += 1) if (value[place] !== -1) places.push(place);
        return {
          strings: [...strings.keys()],
          spanId: places.map((place) => table.spanIdAt(order[place] as number)),
          value: places.map((place) => value[place] as number),
        };
      }),
    };
  }
}

/** What a span says of itself counts before what its resource says. */
const leastResourceRank = 100;
const noRank = 0xff;

/** How many spans have a key; a key that a span has twice counts once. */
class KeyCount {
  spanCount = 0;
  resourceSpanCount = 0;
  #lastOwn = -1;
  #lastOfResource = -1;

  add(place: number, isOfResource: boolean): void {
    if (isOfResource && this.#lastOfResource !== place) {
      this.#lastOfResource = place;
      this.resourceSpanCount += 1;
    } else if (!isOfResource && this.#lastOwn !== place) {
      this.#lastOwn = place;
      this.spanCount += 1;
    }
  }
}

/** The value of one key of each span. */
class Column {
  readonly strings = new Map<string, number>();
  /** Index in `strings`; -1 for none. */
  readonly value: Int32Array;
  readonly #rank: Uint8Array;

  constructor(spans: number) {
    this.value = new Int32Array(spans).fill(-1);
    this.#rank = new Uint8Array(spans).fill(noRank);
  }

  /** Of values under equally good names the last counts. */
  add(place: number, rank: number, text: string): void {
    if (rank > (this.#rank[place] as number)) return;
    this.#rank[place] = rank;
    let index = this.strings.get(text);
    if (index === undefined) this.strings.set(text, (index = this.strings.size));
    this.value[place] = index;
  }
}

function mostFrequent(a: AttributeKey, b: AttributeKey): number {
  return b.spanCount - a.spanCount || b.resourceSpanCount - a.resourceSpanCount || (a.key < b.key ? -1 : 1);
}
