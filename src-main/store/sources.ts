import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { WalkedSource } from '#main/decode/walk/walked';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { Resource } from '#proto/model/resource';
import { findAttribute } from '#proto/model/semantic-conventions';

/** Interned sources that are remembered, by their keys, which take the room; a process that sends has a dozen, of a thousand characters each. */
const maxRememberedCharacters = 2 ** 22;

/** Key and value of an attribute together: no longer query can be asked, so that nothing longer has to be kept comparable. */
const maxComparedCharacters = 4096;

/** Interns a resource together with a scope, and with the service that a log record names where its resource names none: what a thousand records share is stored once. */
export class Sources {
  readonly #ids = new Map<string, number>();
  #characters = 0;
  readonly #find;
  readonly #insert;
  readonly #insertAttribute;

  constructor(db: Database) {
    this.#find = db.prepare<[Buffer], number>('SELECT id FROM source WHERE hash = ?').pluck();
    this.#insert = db.prepare(
      `INSERT INTO source (hash, resource, scope, service_name, service_namespace, language, last_seen_ns, last_chunk) VALUES (?, ?, ?, ?, ?, ?, 0, 0)`,
    );
    this.#insertAttribute = db.prepare('INSERT OR IGNORE INTO source_attribute (key, value, source) VALUES (?, ?, ?)');
  }

  /** An id for each of `sources`. */
  idsOf(sources: readonly WalkedSource[]): Uint32Array {
    return Uint32Array.from(sources, (source) => this.#idOf(source));
  }

  /** After a rollback, or a deletion: what is remembered may not be there any more. */
  forget(): void {
    this.#ids.clear();
    this.#characters = 0;
  }

  #idOf(source: WalkedSource): number {
    const { key } = source;
    let id = this.#ids.get(key);
    if (id === undefined) {
      const hash = sourceHash(source);
      id = this.#find.get(hash) ?? this.#add(hash, source);
      if (this.#characters + key.length > maxRememberedCharacters) this.forget();
      this.#characters += key.length;
      this.#ids.set(key, id);
    }
    return id;
  }

  #add(hash: Buffer, { resource, scope, impliedService }: WalkedSource): number {
    const name = serviceNameOf(resource) || impliedService;
    const namespace = text(findAttribute(resource.attributes, 'service.namespace'));
    const language = text(findAttribute(resource.attributes, 'telemetry.sdk.language'));
    const inserted = this.#insert.run(hash, JSON.stringify(resource), JSON.stringify(scope), name, namespace, language);
    const id = Number(inserted.lastInsertRowid);
    for (const attribute of [...resource.attributes, ...scope.attributes]) this.#addAttribute(id, attribute);
    return id;
  }

  #addAttribute(source: number, { key, value }: KeyValue): void {
    const displayed = displayValue(value);
    // Cut to what no query equals any more, the key is still there for those that only ask for it.
    if (key.length <= maxComparedCharacters) this.#insertAttribute.run(key, displayed.slice(0, maxComparedCharacters + 1), source);
  }
}

/** `source.hash`. */
export function sourceHash({ key }: WalkedSource): Buffer {
  return createHash('sha256').update(key).digest();
}

/** `service.name`; empty where the resource carries none. */
export function serviceNameOf(resource: Resource): string {
  return text(findAttribute(resource.attributes, 'service.name'));
}

function text(value: AnyValue | undefined): string {
  return value === undefined ? '' : displayValue(value);
}
