import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import type { Resource, Scope } from '#proto/model/resource';
import type { Span } from '#proto/model/span';
import type { Random } from '../fixtures/damage.ts';
import { doubleValue } from '../values.ts';

/** Random records in the form in which the decoder gives them, the same ones on every run. */

const texts = ['', 'a', 'GET /items', 'grüße 🌍', '\u0000', '\uFFFD', '__proto__', 'x'.repeat(127), 'y'.repeat(128), 'é'.repeat(200)];
const integers = [
  '0',
  '1',
  '-1',
  '127',
  '128',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
];
const doubles = [0, -0, 0.1, -1e300, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE];
const times = ['0', '1', '1544712660300000001', '9223372036854775808', '18446744073709551615'];
const counts = [0, 1, 127, 128, 4_294_967_295];
const enums = [0, 1, 2, 77, 2_147_483_647, -1, -2_147_483_648];

export class RandomRecords {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  spans(): ScopedRecords<Span>[] {
    return this.#groups(() => this.#span());
  }

  logs(): ScopedRecords<LogRecord>[] {
    return this.#groups(() => this.#log());
  }

  #groups<Item>(item: () => Item): ScopedRecords<Item>[] {
    const resources = [this.#resource(), ...this.#list(2, () => this.#resource())];
    return resources.flatMap((resource) => {
      const group = () => ({ resource, scope: this.#scope(), items: [item(), ...this.#list(3, item)] });
      return [group(), ...this.#list(2, group)];
    });
  }

  #span(): Span {
    return {
      traceId: this.#id(16),
      spanId: this.#id(8),
      traceState: this.#pick(texts),
      parentSpanId: this.#pick(['', this.#id(8)]),
      flags: this.#pick(counts),
      name: this.#pick(texts),
      kind: this.#pick(enums),
      startTimeUnixNano: this.#pick(times),
      endTimeUnixNano: this.#pick(times),
      attributes: this.#attributes(),
      droppedAttributesCount: this.#pick(counts),
      events: this.#list(3, () => ({
        timeUnixNano: this.#pick(times),
        name: this.#pick(texts),
        attributes: this.#attributes(),
        droppedAttributesCount: this.#pick(counts),
      })),
      droppedEventsCount: this.#pick(counts),
      links: this.#list(3, () => ({
        traceId: this.#id(16),
        spanId: this.#id(8),
        traceState: this.#pick(texts),
        attributes: this.#attributes(),
        droppedAttributesCount: this.#pick(counts),
        flags: this.#pick(counts),
      })),
      droppedLinksCount: this.#pick(counts),
      status: { code: this.#pick(enums), message: this.#pick(texts) },
    };
  }

  #log(): LogRecord {
    return {
      timeUnixNano: this.#pick(times),
      observedTimeUnixNano: this.#pick(times),
      severityNumber: this.#pick(enums),
      severityText: this.#pick(texts),
      ...(this.#random(4) > 0 && { body: this.#value(0) }),
      attributes: this.#attributes(),
      droppedAttributesCount: this.#pick(counts),
      flags: this.#pick(counts),
      traceId: this.#pick(['', this.#id(16)]),
      spanId: this.#pick(['', this.#id(8)]),
      eventName: this.#pick(texts),
    };
  }

  #resource(): Resource {
    return {
      attributes: this.#attributes(),
      droppedAttributesCount: this.#pick(counts),
      entityRefs: this.#list(2, () => ({
        schemaUrl: this.#pick(texts),
        type: this.#pick(texts),
        idKeys: this.#list(3, () => this.#pick(texts)),
        descriptionKeys: this.#list(3, () => this.#pick(texts)),
      })),
      schemaUrl: this.#pick(texts),
    };
  }

  #scope(): Scope {
    return {
      name: this.#pick(texts),
      version: this.#pick(texts),
      attributes: this.#attributes(),
      droppedAttributesCount: this.#pick(counts),
      schemaUrl: this.#pick(texts),
    };
  }

  /** No key twice: that would be told. */
  #attributes(): KeyValue[] {
    return this.#list(20, (index) => ({ key: index === 0 ? '' : `key ${index}`, value: this.#value(0) }));
  }

  #value(depth: number): AnyValue {
    switch (this.#random(depth < 5 ? 8 : 6)) {
      case 0:
        return {};
      case 1:
        return { stringValue: this.#pick(texts) };
      case 2:
        return { boolValue: this.#random(2) === 0 };
      case 3:
        return { intValue: this.#pick(integers) };
      case 4:
        return { doubleValue: doubleValue(this.#pick(doubles)) };
      case 5:
        return { bytesValue: Buffer.from(this.#list(5, () => this.#random(256))).toString('base64') };
      case 6:
        return { arrayValue: { values: this.#list(3, () => this.#value(depth + 1)) } };
      default:
        return { kvlistValue: { values: this.#list(3, () => ({ key: this.#pick(texts), value: this.#value(depth + 1) })) } };
    }
  }

  #id(size: number): string {
    return Array.from({ length: size * 2 }, (_, index) => (index === 0 ? 'f' : this.#random(16).toString(16))).join('');
  }

  #list<Item>(below: number, item: (index: number) => Item): Item[] {
    return Array.from({ length: this.#random(below) }, (_, index) => item(index));
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#random(items.length)] as Item;
  }
}
