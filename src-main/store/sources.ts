import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { Resource, Scope } from '#proto/model/resource';
import { findAttribute } from '#proto/model/semantic-conventions';
import { maxComparedCharacters } from './matching.ts';

/** Interned sources that are remembered; a process that sends has a dozen. */
const maxRemembered = 2_000;

/** Interns a resource together with a scope, and with the service that a log record names where its resource names none: what a thousand records share is stored once. */
export class Sources {
  readonly #ids = new Map<string, number>();
  readonly #find;
  readonly #insert;
  readonly #insertAttribute;

  constructor(db: Database) {
    this.#find = db.prepare<[Buffer], number>('SELECT id FROM source WHERE hash = ?').pluck();
    this.#insert = db.prepare(
      `INSERT INTO source (hash, resource, scope, service_name, service_namespace, language, last_seen_ns) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertAttribute = db.prepare('INSERT OR IGNORE INTO source_attribute (key, value, source) VALUES (?, ?, ?)');
  }

  idOf(resource: Resource, scope: Scope, impliedService = ''): number {
    const resourceJson = JSON.stringify(resource);
    const scopeJson = JSON.stringify(scope);
    const hash = createHash('sha256').update(`${resourceJson}\n${scopeJson}\n${impliedService}`).digest();
    const key = hash.toString('base64');
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#find.get(hash) ?? this.#add(hash, resource, scope, impliedService);
      if (this.#ids.size >= maxRemembered) this.#ids.clear();
      this.#ids.set(key, id);
    }
    return id;
  }

  /** After a rollback, or a deletion: what is remembered may not be there any more. */
  forget(): void {
    this.#ids.clear();
  }

  #add(hash: Buffer, resource: Resource, scope: Scope, impliedService: string): number {
    const name = serviceNameOf(resource) || impliedService;
    const namespace = text(findAttribute(resource.attributes, 'service.namespace'));
    const language = text(findAttribute(resource.attributes, 'telemetry.sdk.language'));
    const id = Number(
      this.#insert.run(hash, JSON.stringify(resource), JSON.stringify(scope), name, namespace, language, 0n).lastInsertRowid,
    );
    for (const attribute of [...resource.attributes, ...scope.attributes]) this.#addAttribute(id, attribute);
    return id;
  }

  #addAttribute(source: number, { key, value }: KeyValue): void {
    const displayed = displayValue(value);
    if (key.length + displayed.length <= maxComparedCharacters) this.#insertAttribute.run(key, displayed, source);
  }
}

/** `service.name`; empty where the resource carries none. */
export function serviceNameOf(resource: Resource): string {
  return text(findAttribute(resource.attributes, 'service.name'));
}

function text(value: AnyValue | undefined): string {
  return value === undefined ? '' : displayValue(value);
}
