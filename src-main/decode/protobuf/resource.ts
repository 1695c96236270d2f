import type { EntityRef, Resource, Scope } from '#proto/model/resource';
import { readKeyValue } from './any-value.ts';
import type { WireReader } from './wire-reader.ts';

/** resource.proto `Resource`, into `resource`: a field that occurs twice is merged, as protobuf has it. */
export function readResource(reader: WireReader, end: number, resource: Resource): void {
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        resource.attributes.push(readKeyValue(reader, reader.enter()));
        break;
      case 2:
        resource.droppedAttributesCount = reader.uint32();
        break;
      case 3:
        resource.entityRefs.push(readEntityRef(reader, reader.enter()));
        break;
      default:
        reader.skip();
    }
  }
}

/** common.proto `InstrumentationScope`, into `scope`. */
export function readScope(reader: WireReader, end: number, scope: Scope): void {
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        scope.name = reader.string();
        break;
      case 2:
        scope.version = reader.string();
        break;
      case 3:
        scope.attributes.push(readKeyValue(reader, reader.enter()));
        break;
      case 4:
        scope.droppedAttributesCount = reader.uint32();
        break;
      default:
        reader.skip();
    }
  }
}

function readEntityRef(reader: WireReader, end: number): EntityRef {
  reader.element();
  const entity: EntityRef = { schemaUrl: '', type: '', idKeys: [], descriptionKeys: [] };
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        entity.schemaUrl = reader.string();
        break;
      case 2:
        entity.type = reader.string();
        break;
      case 3:
        reader.element();
        entity.idKeys.push(reader.string());
        break;
      case 4:
        reader.element();
        entity.descriptionKeys.push(reader.string());
        break;
      default:
        reader.skip();
    }
  }
  return entity;
}
