import { z } from 'zod';
import { KeyValue } from './any-value.ts';

/** resource.proto `EntityRef` (Development): carried through untouched. */
export const EntityRef = z.object({
  schemaUrl: z.string(),
  type: z.string(),
  idKeys: z.array(z.string()),
  descriptionKeys: z.array(z.string()),
});
export type EntityRef = z.infer<typeof EntityRef>;

/** The entity that produced telemetry (resource.proto `Resource`), with the `schema_url` of its envelope, which applies to the resource alone. */
export const Resource = z.object({
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
  entityRefs: z.array(EntityRef),
  schemaUrl: z.string(),
});
export type Resource = z.infer<typeof Resource>;

/** The instrumentation scope (common.proto `InstrumentationScope`), with the `schema_url` of its envelope, which applies to scope and items. */
export const Scope = z.object({
  name: z.string(),
  version: z.string(),
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
  schemaUrl: z.string(),
});
export type Scope = z.infer<typeof Scope>;
