import type { Facet } from '#proto/bridge/trace-overview';
import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { SpanKind, StatusCode } from '#proto/model/span';
import { readKeyValue, readText } from '#main/decode/walk/records';
import type { WalkedSource, WalkedSpans } from '#main/decode/walk/walked';
import { serviceNameOf } from '../../sources.ts';
import { countedKey, type CountedKey, type CountedValue, rankFacets } from './rank-facets.ts';

/** A key with more values is an id or a time, and no use to choose from. Its values are forgotten. */
const mostValues = 1000;
/** Keys beyond these are made up by a sender: nobody has so many attributes. */
const mostKeys = 2000;
/** Longer ones are no use to choose from either. */
const longestValue = 200;

/** As the query language writes them. */
const kindNames = Object.keys(SpanKind);
const statusNames = Object.keys(StatusCode);

/** Counts of spans how many have which values of fields and attributes: each span once for each value, however often it has it. */
export class FacetCounter {
  readonly #service = countedKey('service', 'field');
  readonly #name = countedKey('name', 'field');
  readonly #status = countedKey('status', 'field');
  readonly #kind = countedKey('kind', 'field');
  readonly #attributes = new Map<string, CountedKey>();
  #spans = 0;

  get spanCount(): number {
    return this.#spans;
  }

  /** Counts some spans of a chunk. */
  add(walked: WalkedSpans, spans: readonly number[]): void {
    const rows: (CountedValue | undefined)[] = Array.from({ length: walked.attributes.count });
    const names: (CountedValue | undefined)[] = Array.from({ length: walked.texts.count });
    const sources: (CountedValue | undefined)[][] = Array.from({ length: walked.sources.length });
    const { attributeFrom, attributeRows } = walked;
    for (const span of spans) {
      this.#spans += 1;
      const source = walked.source[span] as number;
      for (const value of (sources[source] ??= this.#ofSource(walked.sources[source]))) this.#count(value);
      const name = walked.name[span] as number;
      this.#count((names[name] ??= this.#valueOf(this.#name, readText(walked, name))));
      const status = statusNames[walked.statusCode[span] as number];
      if (status !== undefined) this.#count(this.#valueOf(this.#status, status));
      const kind = walked.kind[span] as number;
      this.#count(this.#valueOf(this.#kind, kindNames[kind] ?? String(kind)));
      const end = attributeFrom[span + 1] as number;
      for (let at = attributeFrom[span] as number; at < end; at += 1) {
        const row = attributeRows[at] as number;
        this.#count((rows[row] ??= this.#attribute(readKeyValue(walked, row), true)));
      }
    }
  }

  facets(): Facet[] {
    return rankFacets([this.#service, this.#name, this.#status, this.#kind], [...this.#attributes.values()], this.#spans);
  }

  #ofSource(source: WalkedSource | undefined): (CountedValue | undefined)[] {
    if (source === undefined) return [];
    const { resource, scope, impliedService } = source;
    const shared = [...resource.attributes, ...scope.attributes].map((attribute) => this.#attribute(attribute, false));
    return [this.#valueOf(this.#service, serviceNameOf(resource) || impliedService), ...shared];
  }

  #attribute({ key, value }: KeyValue, isOwn: boolean): CountedValue | undefined {
    // That is the service.
    if (key === 'service.name') return undefined;
    let counted = this.#attributes.get(key);
    if (counted === undefined) {
      if (this.#attributes.size >= mostKeys) return undefined;
      this.#attributes.set(key, (counted = countedKey(key, 'attribute')));
    }
    if (isOwn) counted.isOwn = true;
    return this.#valueOf(counted, displayValue(value));
  }

  #valueOf(key: CountedKey, text: string): CountedValue {
    const known = key.values.get(text);
    if (known !== undefined) return known;
    const value: CountedValue = { key, spanCount: 0, lastSpan: 0 };
    if (key.isId || text.length > longestValue) return value;
    key.values.set(text, value);
    if (key.kind === 'attribute' && key.values.size > mostValues) {
      key.isId = true;
      key.values.clear();
    }
    return value;
  }

  #count(value: CountedValue | undefined): void {
    if (value === undefined || value.lastSpan === this.#spans) return;
    value.lastSpan = this.#spans;
    value.spanCount += 1;
    if (value.key.lastSpan === this.#spans) return;
    value.key.lastSpan = this.#spans;
    value.key.spanCount += 1;
  }
}
