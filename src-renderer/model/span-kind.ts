const names = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const;

/** The name of a trace.proto `SpanKind`; numbers that the standard does not know yet are shown as numbers. */
export const spanKindName = (kind: number): string => names[kind] ?? `Kind ${kind}`;
