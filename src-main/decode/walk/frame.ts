import { doubled } from './growing.ts';
import { wire, WireField } from './wire-field.ts';

/**
 * Where the records of a request are, and the envelopes around them: what can be known without looking into records. Envelopes of every signal have the same field
 * numbers: a request holds resource groups (1); those hold a resource (1), scope groups (2) and a schema URL (3); those hold a scope (1), records (2) and a schema URL (3).
 */
export interface Frame {
  count: number;
  /** Bodies of the records. */
  recordStart: Uint32Array;
  recordEnd: Uint32Array;
  /** Those that hold something: an envelope of an envelope of nothing leaves nothing. */
  resources: Envelope[];
  scopes: ScopeEnvelope[];
  /** Fields of the request itself that nobody knows yet. */
  unknown: Envelope;
  /** An envelope is damaged, or there are absurdly many; what was found before is there. */
  damaged: boolean;
}

/** Byte ranges, start and end in turn, of whole fields (tags included) that describe the content of an envelope. */
export type Envelope = number[];

export interface ScopeEnvelope {
  resource: Envelope;
  scope: Envelope;
  /** Its records are those from `from` up to, not including, `to`. */
  from: number;
  to: number;
}

const resourceGroups = 1;
const resource = 1;
const content = 2;
const schemaUrl = 3;

/** An empty one takes two bytes on the wire and a hundred in memory. */
const maxEnvelopes = 300_000;

const firstCapacity = 4096;

/** Finds the records of `bytes`, an export request or `TracesData` or `LogsData`. */
export function frameOf(bytes: Uint8Array): Frame {
  return new Framer(bytes).frame();
}

class Framer {
  readonly #bytes: Uint8Array;
  readonly #field = new WireField();
  readonly #resources: Envelope[] = [];
  readonly #scopes: ScopeEnvelope[] = [];
  readonly #unknown: Envelope = [];
  #count = 0;
  #starts = new Uint32Array(firstCapacity);
  #ends = new Uint32Array(firstCapacity);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  frame(): Frame {
    const damaged = !this.#request();
    return {
      count: this.#count,
      recordStart: this.#starts.slice(0, this.#count),
      recordEnd: this.#ends.slice(0, this.#count),
      resources: this.#resources,
      scopes: this.#scopes,
      unknown: this.#unknown,
      damaged,
    };
  }

  #request(): boolean {
    const limit = this.#bytes.length;
    const field = this.#field;
    for (let pos = 0; pos < limit;) {
      if (!field.read(this.#bytes, pos, limit)) return false;
      const { start, end } = field;
      if (field.number !== resourceGroups) this.#unknown.push(pos, end);
      else if (field.type !== wire.bytes || !this.#resourceGroup(start, end)) return false;
      pos = end;
    }
    return true;
  }

  #resourceGroup(from: number, limit: number): boolean {
    const field = this.#field;
    const envelope: Envelope = [];
    for (let pos = from; pos < limit;) {
      if (!field.read(this.#bytes, pos, limit) || !isEnvelopeField(field)) return false;
      const { start, end } = field;
      if (field.number !== content) envelope.push(pos, end);
      else if (!this.#scopeGroup(start, end, envelope)) return false;
      pos = end;
    }
    if (envelope.length > 0) this.#resources.push(envelope);
    return this.#resources.length < maxEnvelopes;
  }

  #scopeGroup(start: number, limit: number, around: Envelope): boolean {
    const field = this.#field;
    const envelope: Envelope = [];
    const from = this.#count;
    let whole = true;
    for (let pos = start; pos < limit && whole; pos = field.end) {
      whole = field.read(this.#bytes, pos, limit) && isEnvelopeField(field);
      if (!whole) break;
      if (field.number === content) this.#record(field.start, field.end);
      else envelope.push(pos, field.end);
    }
    if (envelope.length > 0 || this.#count > from) this.#scopes.push({ resource: around, scope: envelope, from, to: this.#count });
    return whole && this.#scopes.length < maxEnvelopes;
  }

  #record(start: number, end: number): void {
    if (this.#count === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#ends = doubled(this.#ends);
    }
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }
}

function isEnvelopeField({ number, type }: WireField): boolean {
  return type === wire.bytes || (number !== resource && number !== content && number !== schemaUrl);
}
