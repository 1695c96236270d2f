import type { Resource, Scope } from '#proto/model/resource';
import { checkKeys } from '../record-rules.ts';
import { emptyResource, emptyScope } from '../signals.ts';
import { readResource, readScope } from './resource.ts';
import type { WireReader } from './wire-reader.ts';

/** The resource of a resource group that ends at `end`, with its schema URL, wherever they stand in it; scope groups are passed over. */
export function readResourceGroup(reader: WireReader, end: number): Resource {
  const resource = emptyResource();
  while (reader.next(end)) {
    if (reader.field === 1) readResource(reader, reader.enter(), resource);
    else if (reader.field === 3) resource.schemaUrl = reader.string();
    else reader.skip();
  }
  checkKeys(resource.attributes, reader.issues);
  return resource;
}

/** The scope of a scope group that ends at `end`, with its schema URL; records are passed over. */
export function readScopeGroup(reader: WireReader, end: number): Scope {
  const scope = emptyScope();
  while (reader.next(end)) {
    if (reader.field === 1) readScope(reader, reader.enter(), scope);
    else if (reader.field === 3) scope.schemaUrl = reader.string();
    else reader.skip();
  }
  checkKeys(scope.attributes, reader.issues);
  return scope;
}
