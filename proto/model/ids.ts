/** 16 bytes as 32 lower-case hex digits, never all zero (W3C Trace Context; trace.proto `trace_id`). */
export type TraceId = string;

/** 8 bytes as 16 lower-case hex digits, never all zero (trace.proto `span_id`). The empty string says "none". */
export type SpanId = string;

export const traceIdPattern = /^(?!0{32}$)[0-9a-f]{32}$/;
export const spanIdPattern = /^(?!0{16}$)[0-9a-f]{16}$/;
