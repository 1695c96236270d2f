import type { Database } from 'better-sqlite3';
import type { QueryTerm, TextPattern } from '#proto/model/query';
import type { Resource, Scope } from '#proto/model/resource';
import { attributeNames } from '#proto/model/semantic-conventions';
import { attributeTest, flagsOfSource, type AttributeTerm } from './attribute-test.ts';
import type { SourceTests } from './evaluate-entry.ts';
import { textTest } from './text-test.ts';

/** Who produced a record. */
export interface SourceRecord {
  resource: Resource;
  scope: Scope;
  serviceName: string;
}

/** Parsed sources that are remembered. A page of records names a few dozen. */
const maxRemembered = 2_000;

/** Reads sources (`sources.ts` writes them). */
export class SourceRecords {
  readonly #records = new Map<number, SourceRecord>();
  readonly #read;
  readonly #ofService;
  readonly #services;
  readonly #withPair;
  readonly #withKey;

  constructor(db: Database) {
    this.#read = db.prepare<[number], { resource: string; scope: string; service_name: string }>(
      'SELECT resource, scope, service_name FROM source WHERE id = ?',
    );
    this.#ofService = db.prepare<[string], number>('SELECT id FROM source WHERE service_name = ?').pluck();
    this.#services = db.prepare<[], { id: number; service_name: string }>('SELECT id, service_name FROM source');
    this.#withPair = db.prepare<[string, string], number>('SELECT source FROM source_attribute WHERE key = ? AND value = ?').pluck();
    this.#withKey = db.prepare<[string], number>('SELECT DISTINCT source FROM source_attribute WHERE key = ?').pluck();
  }

  /** The source has to be stored. A source's id never stands for another one. */
  read(id: number): SourceRecord {
    let record = this.#records.get(id);
    if (record === undefined) {
      const row = this.#read.get(id);
      if (row === undefined) throw new Error('A record is stored without its source.');
      record = { resource: JSON.parse(row.resource) as Resource, scope: JSON.parse(row.scope) as Scope, serviceName: row.service_name };
      if (this.#records.size >= maxRemembered) this.#records.clear();
      this.#records.set(id, record);
    }
    return record;
  }

  /** Ids of those that meet a term by themselves. Terms of a service or an attribute are; others are met by none. */
  matching(term: QueryTerm): Set<number> {
    switch (term.kind) {
      case 'service':
        return new Set(this.#ofService.all(term.name));
      case 'like':
        return term.field === 'service' ? this.#withServiceLike(term.pattern) : new Set();
      case 'exists':
      case 'attribute':
      case 'attributeLike':
        return this.#withAttribute(term);
      default:
        return new Set();
    }
  }

  #withServiceLike(pattern: TextPattern): Set<number> {
    const test = textTest(pattern);
    const fits = new Map<string, boolean>();
    const isMet = (name: string): boolean => {
      const known = fits.get(name) ?? test.fits(name);
      fits.set(name, known);
      return known;
    };
    return new Set(this.#services.all().flatMap(({ id, service_name }) => (isMet(service_name) ? [id] : [])));
  }

  #withAttribute(term: AttributeTerm): Set<number> {
    const names = attributeNames(term.key);
    if (term.kind === 'attribute' && term.comparison === '=') return new Set(names.flatMap((name) => this.#withPair.all(name, term.value)));
    const candidates = new Set(names.flatMap((name) => this.#withKey.all(name)));
    if (term.kind === 'exists') return candidates;
    const test = attributeTest(term);
    return new Set([...candidates].filter((id) => test.isMetBy(flagsOfSource(test, this.read(id)))));
  }
}

/** Which sources meet which terms of a question; each is looked up once. Good for one question, since sources come and go. */
export class MatchingSources implements SourceTests {
  readonly #sources: SourceRecords;
  readonly #byTerm = new Map<QueryTerm, Set<number>>();

  constructor(sources: SourceRecords) {
    this.#sources = sources;
  }

  sourceMatches(term: QueryTerm, sourceId: number): boolean {
    return this.matching(term).has(sourceId);
  }

  matching(term: QueryTerm): ReadonlySet<number> {
    let matching = this.#byTerm.get(term);
    if (matching === undefined) {
      matching = this.#sources.matching(term);
      this.#byTerm.set(term, matching);
    }
    return matching;
  }
}
