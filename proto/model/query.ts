import type { UnixNano } from './time.ts';

/** How a value is compared. Numbers compare as numbers, whatever their attribute was sent as; text that is no number never meets `<` or `>`. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

/**
 * What a whole text is held against: literal parts with anything between them, also nothing (`GET *` is `['GET ', '']`), or a regular expression of RE2's syntax that is to be
 * found somewhere in it.
 */
export type TextPattern = { kind: 'wildcard'; parts: readonly string[] } | { kind: 'regex'; source: string };

/** Texts that a pattern is asked of: the service's name, the span's, a log record's body as it is displayed, or each text that the record has, attributes' values included. */
export type PatternField = 'service' | 'name' | 'body' | 'any';

/**
 * A parsed query. One span, or one log record, has to meet all of it by itself; a trace is found by any span that does. The language is described in
 * `docs/query-language.md`; text becomes this in `src-main/query/`, which says where it could not be read. The empty `and` finds everything.
 */
export type Query =
  | { kind: 'and'; of: readonly Query[] }
  | { kind: 'or'; of: readonly Query[] }
  | { kind: 'not'; query: Query }
  | QueryTerm;

export type QueryTerm =
  /** Words that stand next to each other in a name, a body, an attribute value, an event. `prefix`: the last word may go on. */
  | { kind: 'text'; text: string; prefix: boolean }
  /** `service:api`: `service.name`, exactly. */
  | { kind: 'service'; name: string }
  /** `name:"GET /cart"`: the span's name, exactly. */
  | { kind: 'name'; name: string }
  /** `status:error` */
  | { kind: 'status'; status: 'error' | 'ok' | 'unset' }
  /** `kind:server`: a number of trace.proto `SpanKind`. */
  | { kind: 'spanKind'; spanKind: number }
  /** `duration>200ms`, in whole nanoseconds; a span that ends before it starts has a negative one. */
  | { kind: 'duration'; comparison: Comparison; ns: UnixNano }
  /** `severity>=WARN`: a number of logs.proto `SeverityNumber`. */
  | { kind: 'severity'; comparison: Comparison; severity: number }
  /**
   * `key=value`, `key>=500` over span, event, log, scope and resource attributes; old and new conventional names are one. `=` compares with the value as it is displayed.
   * `!=` needs the attribute to be there, with no value equal to this one.
   */
  | { kind: 'attribute'; key: string; comparison: Comparison; value: string }
  /** `key=*`: the attribute is there, with any value. */
  | { kind: 'exists'; key: string }
  /** `key=/orders/*`, `key~"5\\d\\d"`: a value of the attribute, as it is displayed, fits the pattern. */
  | { kind: 'attributeLike'; key: string; pattern: TextPattern }
  /** `name:GET*`, `service~"-api$"`, `~"time.?out"` */
  | { kind: 'like'; field: PatternField; pattern: TextPattern };
