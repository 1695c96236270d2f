import type { EntityRef, Resource, Scope } from '#proto/model/resource';
import { keyValuesFromJson } from './any-value.ts';
import type { MessageReader } from './message-reader.ts';
import type { JsonObject } from './parse.ts';

/** resource.proto `Resource` of the envelope `group`. */
export function resourceFromJson(reader: MessageReader, group: JsonObject): Resource {
  const message = reader.message(group['resource'], 'resource');
  return {
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
    entityRefs: reader.list(message, 'entityRefs').map((json) => entityRefFromJson(reader, json)),
    schemaUrl: reader.string(group, 'schemaUrl'),
  };
}

/** common.proto `InstrumentationScope` of the envelope `group`. */
export function scopeFromJson(reader: MessageReader, group: JsonObject): Scope {
  const message = reader.message(group['scope'], 'scope');
  return {
    name: reader.string(message, 'name'),
    version: reader.string(message, 'version'),
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
    schemaUrl: reader.string(group, 'schemaUrl'),
  };
}

function entityRefFromJson(reader: MessageReader, json: unknown): EntityRef {
  const message = reader.message(json, 'an entity reference');
  return {
    schemaUrl: reader.string(message, 'schemaUrl'),
    type: reader.string(message, 'type'),
    idKeys: reader.list(message, 'idKeys').map((key) => reader.text(key, 'idKeys')),
    descriptionKeys: reader.list(message, 'descriptionKeys').map((key) => reader.text(key, 'descriptionKeys')),
  };
}
