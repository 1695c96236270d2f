import { z } from 'zod';

/**
 * Nanoseconds since the Unix epoch as a decimal string: the full unsigned 64-bit range, which no JavaScript number holds (2^53 ns is 104 days).
 * `"0"` is OTLP's "not set".
 */
export type UnixNano = string;

export const UnixNano = z.string().regex(/^\d{1,20}$/);
