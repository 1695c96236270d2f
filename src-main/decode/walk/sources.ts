import type { Resource, Scope } from '#proto/model/resource';
import { findAttribute } from '#proto/model/semantic-conventions';
import { displayValue } from '#proto/model/display-value';
import { Issues } from '../issues.ts';
import { readResourceGroup, readScopeGroup } from '../protobuf/envelopes.ts';
import { WireReader } from '../protobuf/wire-reader.ts';
import type { Envelope, Frame } from './frame.ts';
import type { WalkedSource } from './walked.ts';

interface Known<Message> {
  message: Message;
  json: string;
  /** The resource names a service. */
  namesService: boolean;
  isClean: boolean;
}

/** Envelopes that were read before, by their bytes: a service describes itself in every request with the same ones. */
const maxKnown = 1024;
const maxKnownBytes = 8192;
const knownResources = new Map<string, Known<Resource>>();
const knownScopes = new Map<string, Known<Scope>>();

/** Resources and scopes of one payload, each pair of which is one source, however many groups it has. */
export class Sources {
  readonly sources: WalkedSource[] = [];
  /** None of them has anything that the object decoder would reject, repair or warn about. */
  areClean = true;
  /** Whether the resource of a scope group, by its place in `Frame.scopes`, names its service. */
  readonly namesService: boolean[] = [];
  readonly #groups: { resource: Known<Resource>; scope: Known<Scope> }[] = [];
  readonly #rows = new Map<string, number>();
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array, frame: Frame) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const resources = new Map<Envelope, Known<Resource>>();
    for (const envelope of frame.resources) resources.set(envelope, this.#read(envelope, knownResources, readResourceGroup));
    for (const group of frame.scopes) {
      const resource = resources.get(group.resource) ?? this.#read(group.resource, knownResources, readResourceGroup);
      const scope = this.#read(group.scope, knownScopes, readScopeGroup);
      this.#groups.push({ resource, scope });
      this.namesService.push(resource.namesService);
    }
  }

  /** Row of the source of the scope group `group`, for records that note the service `impliedService`. */
  rowOf(group: number, impliedService: string): number {
    const { resource, scope } = this.#groups[group] as { resource: Known<Resource>; scope: Known<Scope> };
    const key = JSON.stringify([resource.json, scope.json, impliedService]);
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.sources.length;
      this.#rows.set(key, row);
      this.sources.push({ resource: resource.message, scope: scope.message, key, impliedService, count: 0 });
    }
    return row;
  }

  #read<Message extends Resource | Scope>(
    envelope: Envelope,
    knownOnes: Map<string, Known<Message>>,
    read: (reader: WireReader, end: number) => Message,
  ): Known<Message> {
    const parts: Buffer[] = [];
    for (let index = 0; index < envelope.length; index += 2) parts.push(this.#bytes.subarray(envelope[index], envelope[index + 1]));
    const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    const text = bytes.length <= maxKnownBytes ? bytes.toString('latin1') : undefined;
    const known = (text === undefined ? undefined : knownOnes.get(text)) ?? decode(bytes, read);
    if (text !== undefined && !knownOnes.has(text)) {
      if (knownOnes.size >= maxKnown) knownOnes.clear();
      knownOnes.set(text, known);
    }
    this.areClean &&= known.isClean;
    return known;
  }
}

function decode<Message extends Resource | Scope>(bytes: Buffer, read: (reader: WireReader, end: number) => Message): Known<Message> {
  const issues = new Issues();
  const reader = new WireReader(bytes, issues);
  const message = read(reader, bytes.length);
  const service = findAttribute(message.attributes, 'service.name');
  return {
    message,
    json: JSON.stringify(message),
    namesService: service !== undefined && displayValue(service) !== '',
    isClean: reader.damage === undefined && issues.messages().length === 0,
  };
}
