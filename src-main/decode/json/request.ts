import type { Decoded, ScopedRecords } from '#proto/model/batch';
import type { Resource } from '#proto/model/resource';
import { BadPayloadError } from '../bad-payload-error.ts';
import { Issues } from '../issues.ts';
import { checkKeys } from '../record-rules.ts';
import { checkRecords } from '../request-limits.ts';
import type { RecordKind } from '../signals.ts';
import { MessageReader } from './message-reader.ts';
import { parseJson, type JsonObject } from './parse.ts';
import { resourceFromJson, scopeFromJson } from './resource.ts';

/** Decodes a request of `kind`, whose records `itemFromJson` reads. Throws `BadPayloadError`. */
export function decodeJson<Item>(payload: Uint8Array, kind: RecordKind<Item>, itemFromJson: ItemFromJson<Item>): Decoded<Item> {
  const issues = new Issues();
  const request = parseJson(payload, issues);
  const groups = new RequestReader(new MessageReader(issues), kind, itemFromJson).read(request);
  return { groups, rejected: issues.rejected, warnings: issues.messages() };
}

/** `path` says in the error where the reader came across what it could not read. */
export function throwDamage(reader: MessageReader, path: string): void {
  if (reader.damage !== undefined) throw new BadPayloadError(`Not OTLP: in ${path}, ${reader.damage}.`);
}

type ItemFromJson<Item> = (reader: MessageReader, message: JsonObject) => Item;

/** The envelopes around records. Damage to an envelope is damage to the request, damage to a record stays with it. Empty ones leave nothing. */
class RequestReader<Item> {
  readonly #reader: MessageReader;
  readonly #kind: RecordKind<Item>;
  readonly #itemFromJson: ItemFromJson<Item>;
  readonly #groups: ScopedRecords<Item>[] = [];
  #records = 0;

  constructor(reader: MessageReader, kind: RecordKind<Item>, itemFromJson: ItemFromJson<Item>) {
    this.#reader = reader;
    this.#kind = kind;
    this.#itemFromJson = itemFromJson;
  }

  read(request: JsonObject): ScopedRecords<Item>[] {
    const { resources } = this.#kind.jsonLists;
    const message = this.#reader.message(request, 'it');
    const groups = this.#reader.list(message, resources);
    throwDamage(this.#reader, 'the request');
    for (const [index, group] of groups.entries()) this.#readResourceGroup(group, `${resources}[${index}]`);
    return this.#groups;
  }

  #readResourceGroup(json: unknown, path: string): void {
    const { scopes } = this.#kind.jsonLists;
    const message = this.#reader.message(json, 'it');
    const resource = resourceFromJson(this.#reader, message);
    const groups = this.#reader.list(message, scopes);
    throwDamage(this.#reader, path);
    checkKeys(resource.attributes, this.#reader.issues);
    for (const [index, group] of groups.entries()) this.#readScopeGroup(group, resource, `${path}.${scopes}[${index}]`);
  }

  #readScopeGroup(json: unknown, resource: Resource, path: string): void {
    const list = this.#kind.jsonLists.items;
    const message = this.#reader.message(json, 'it');
    const scope = scopeFromJson(this.#reader, message);
    const records = this.#reader.list(message, list);
    throwDamage(this.#reader, path);
    checkKeys(scope.attributes, this.#reader.issues);
    this.#records += records.length;
    checkRecords(this.#records);
    const items: Item[] = [];
    for (const [index, record] of records.entries()) this.#readRecord(record, items, () => `${path}.${list}[${index}]`);
    if (items.length > 0) this.#groups.push({ resource, scope, items });
  }

  #readRecord(json: unknown, items: Item[], path: () => string): void {
    const { issues } = this.#reader;
    const item = this.#itemFromJson(this.#reader, this.#reader.message(json, 'it'));
    if (this.#reader.damage !== undefined) {
      issues.reject(this.#kind.noun, this.#reader.damage, path);
      this.#reader.damage = undefined;
    } else if (this.#kind.admit(item, issues)) items.push(item);
  }
}
