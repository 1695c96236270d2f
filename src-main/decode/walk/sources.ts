import { displayValue } from '#proto/model/display-value';
import type { Resource, Scope } from '#proto/model/resource';
import { findAttribute } from '#proto/model/semantic-conventions';
import { Issues } from '../issues.ts';
import { readResourceGroup, readScopeGroup } from '../protobuf/envelopes.ts';
import { ShortTexts } from '../protobuf/short-texts.ts';
import { WireReader } from '../protobuf/wire-reader.ts';
import { checkSources } from '../request-limits.ts';
import { DistinctRanges } from './distinct-ranges.ts';
import type { Envelope, Frame } from './frame.ts';
import type { WalkedSource } from './walked.ts';

/** What an envelope says. */
interface Described<Message> {
  message: Message;
  json: string;
  /** The resource names a service. */
  namesService: boolean;
  /** The object decoder would not reject, repair or warn about anything. */
  isClean: boolean;
}

/** Descriptions that were read before, by their bytes: a service describes itself in every request with the same ones. */
class Remembered<Message extends Resource | Scope> {
  readonly #read: (reader: WireReader, end: number) => Message;
  readonly #known = new Map<string, Described<Message>>();

  constructor(read: (reader: WireReader, end: number) => Message) {
    this.#read = read;
  }

  of(bytes: Buffer): Described<Message> {
    if (bytes.length > maxRememberedBytes) return describe(bytes, this.#read);
    const text = bytes.toString('latin1');
    let described = this.#known.get(text);
    if (described === undefined) {
      described = describe(bytes, this.#read);
      if (this.#known.size >= maxRemembered) this.#known.clear();
      this.#known.set(text, described);
    }
    return described;
  }
}

const maxRemembered = 1024;
const maxRememberedBytes = 8192;
const resources = new Remembered(readResourceGroup);
const scopes = new Remembered(readScopeGroup);

/** Parts of envelopes of the payload that is being read. */
const parts = new DistinctRanges();

/** Resources and scopes of one payload, each pair of which is one source, however many groups it has. Throws `BadPayloadError` where they are too many for a request; a chunk's never are. */
export class Sources {
  readonly sources: WalkedSource[] = [];
  areClean = true;
  readonly #bytes: Buffer;
  readonly #resourceOf = new Map<string, Described<Resource>>();
  readonly #scopeOf = new Map<string, Described<Scope>>();
  readonly #groups: { resource: Described<Resource>; scope: Described<Scope> }[];
  readonly #rows = new Map<string, number>();

  constructor(bytes: Uint8Array, frame: Frame) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    parts.reset(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for (const envelope of frame.resources) this.#describe(envelope, this.#resourceOf, resources);
    this.#groups = frame.scopes.map(({ resource, scope }) => ({
      resource: this.#describe(resource, this.#resourceOf, resources),
      scope: this.#describe(scope, this.#scopeOf, scopes),
    }));
    parts.reset(new DataView(new ArrayBuffer(0)));
  }

  /** Row of the source of the scope group `group`, for records that note the service `impliedService`. */
  rowOf(group: number, impliedService: string): number {
    const { resource, scope } = this.#groups[group] as { resource: Described<Resource>; scope: Described<Scope> };
    // JSON holds no line breaks.
    const key = `${resource.json}\n${scope.json}\n${impliedService}`;
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.sources.length;
      this.#rows.set(key, row);
      this.sources.push({ resource: resource.message, scope: scope.message, key, impliedService, count: 0 });
    }
    return row;
  }

  /** One more record of the source `row`. */
  count(row: number): void {
    const source = this.sources[row];
    if (source) source.count += 1;
  }

  /** Whether the resource of the scope group `group` names its service. */
  namesService(group: number): boolean {
    return this.#groups[group]?.resource.namesService ?? false;
  }

  /** Looks at each distinct envelope once. */
  #describe<Message extends Resource | Scope>(
    envelope: Envelope,
    known: Map<string, Described<Message>>,
    remembered: Remembered<Message>,
  ): Described<Message> {
    let key = '';
    for (let at = 0; at < envelope.length; at += 2) key += `${parts.rowOf(envelope[at] as number, envelope[at + 1] as number)} `;
    let described = known.get(key);
    if (described === undefined) {
      described = remembered.of(this.#bytesOf(envelope));
      this.areClean &&= described.isClean;
      known.set(key, described);
      checkSources(known.size);
    }
    return described;
  }

  #bytesOf(envelope: Envelope): Buffer {
    if (envelope.length === 2) return this.#bytes.subarray(envelope[0], envelope[1]);
    return Buffer.concat(
      Array.from({ length: envelope.length / 2 }, (_, part) => this.#bytes.subarray(envelope[2 * part], envelope[2 * part + 1])),
    );
  }
}

/** For all of them: making one costs more than reading an envelope. */
const shortTexts = new ShortTexts();

function describe<Message extends Resource | Scope>(bytes: Buffer, read: (reader: WireReader, end: number) => Message): Described<Message> {
  const issues = new Issues();
  const reader = new WireReader(bytes, issues, shortTexts);
  const message = read(reader, bytes.length);
  const service = findAttribute(message.attributes, 'service.name');
  return {
    message,
    json: JSON.stringify(message),
    namesService: service !== undefined && displayValue(service) !== '',
    isClean: reader.damage === undefined && issues.messages().length === 0,
  };
}
