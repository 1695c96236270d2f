/**
 * A parsed query: every term must match. The language is described in `docs/query-language.md`; text becomes this in `src-main/query/`, which says where it could
 * not be read.
 */
export type QueryTerm =
  /** Words that stand next to each other in a name, a body, an attribute value, an event. `prefix`: the last word may go on. */
  | { kind: 'text'; text: string; prefix: boolean }
  /** `service:api` */
  | { kind: 'service'; name: string }
  /** `status:error`; of a trace: any of its spans */
  | { kind: 'status'; status: 'error' | 'ok' | 'unset' }
  /** `key=value` over span, event, log, scope and resource attributes; old and new conventional names are one. */
  | { kind: 'attribute'; key: string; value: string };

export type Query = readonly QueryTerm[];
