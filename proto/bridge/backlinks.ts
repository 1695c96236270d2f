import { z } from 'zod';
import { SpanLink } from '../model/span.ts';
import { UnixNano } from '../model/time.ts';

/** A stored span that links to the trace or span that was asked about. */
export const Backlink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  name: z.string(),
  /** `service.name`; empty where the resource carries none. */
  service: z.string(),
  kind: z.int(),
  statusCode: z.int(),
  startTimeUnixNano: UnixNano,
  /** The first of its links that leads here, with the attributes that say why. */
  link: SpanLink,
});
export type Backlink = z.infer<typeof Backlink>;

/** Those that arrived last first; `more` says that there are others. */
export const Backlinks = z.object({ items: z.array(Backlink), more: z.boolean() });
export type Backlinks = z.infer<typeof Backlinks>;
