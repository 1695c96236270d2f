import type { Decoded, ScopedRecords } from '#proto/model/batch';
import type { Resource } from '#proto/model/resource';
import { BadPayloadError } from '../bad-payload-error.ts';
import { Issues } from '../issues.ts';
import type { RecordKind } from '../signals.ts';
import { readResourceGroup, readScopeGroup } from './envelopes.ts';
import { WireReader } from './wire-reader.ts';

/** Decodes a request of `kind`, whose records `readItem` reads. Throws `BadPayloadError`. */
export function decodeProtobuf<Item>(payload: Uint8Array, kind: RecordKind<Item>, readItem: ReadItem<Item>): Decoded<Item> {
  const issues = new Issues();
  const groups = new RequestReader(new WireReader(payload, issues), kind, readItem).read();
  return { groups, rejected: issues.rejected, warnings: issues.messages() };
}

export function throwDamage(reader: WireReader): void {
  if (reader.damage) throw new BadPayloadError(`Not OTLP in protobuf: at byte ${reader.damage.byte}, ${reader.damage.reason}.`);
}

type ReadItem<Item> = (reader: WireReader, end: number) => Item;

/**
 * The envelopes around records, whose field numbers are the same for every signal: a request holds resource groups (1); those hold a resource (1), scope groups (2)
 * and a schema URL (3); those hold a scope (1), records (2) and a schema URL (3). Damage to an envelope is damage to the request, damage to a record stays with it.
 * Each envelope is passed over twice, because what describes its content may stand behind the content. Empty ones leave nothing.
 */
class RequestReader<Item> {
  readonly #reader: WireReader;
  readonly #kind: RecordKind<Item>;
  readonly #readItem: ReadItem<Item>;
  readonly #groups: ScopedRecords<Item>[] = [];

  constructor(reader: WireReader, kind: RecordKind<Item>, readItem: ReadItem<Item>) {
    this.#reader = reader;
    this.#kind = kind;
    this.#readItem = readItem;
  }

  read(): ScopedRecords<Item>[] {
    const reader = this.#reader;
    while (reader.next(reader.length)) {
      if (reader.field === 1) this.#readResourceGroup(reader.enter());
      else reader.skip();
    }
    throwDamage(reader);
    return this.#groups;
  }

  #readResourceGroup(end: number): void {
    const reader = this.#reader;
    const start = reader.pos;
    const resource = readResourceGroup(reader, end);
    reader.rewind(start);
    while (reader.next(end)) {
      if (reader.field === 2) this.#readScopeGroup(reader.enter(), resource);
      else reader.skip();
    }
  }

  #readScopeGroup(end: number, resource: Resource): void {
    const reader = this.#reader;
    const start = reader.pos;
    const scope = readScopeGroup(reader, end);
    reader.rewind(start);
    const items: Item[] = [];
    while (reader.next(end)) {
      if (reader.field === 2) this.#readRecord(reader.enter(), items);
      else reader.skip();
    }
    if (items.length > 0) this.#groups.push({ resource, scope, items });
  }

  #readRecord(end: number, items: Item[]): void {
    const reader = this.#reader;
    if (reader.damage) return;
    // A record is worth about four attributes, and so are the envelopes that the first one brings to life.
    reader.element(items.length === 0 ? 8 : 4);
    const item = this.#readItem(reader, end);
    const damage = reader.recover(end);
    if (damage) reader.issues.reject(this.#kind.noun, damage.reason, () => `at byte ${damage.byte}`);
    else if (this.#kind.admit(item, reader.issues)) items.push(item);
  }
}
