import { z } from 'zod';

/**
 * OpenTelemetry's AnyValue in the OTLP/JSON mapping (common.proto `AnyValue`; OTLP specification, "JSON Protobuf Encoding").
 *
 * This one shape is used from the decoder to the screen, because it is exact: 64-bit integers are decimal strings, bytes are base64, doubles that
 * JSON has no number for are the strings `NaN`, `Infinity`, `-Infinity` and `-0`. The empty object is the empty value, which is valid.
 */
export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: DoubleValue }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: KeyValue[] } }
  | { bytesValue: string }
  | Record<string, never>;

export type DoubleValue = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

/** Attributes are a list, not a map: duplicate keys, empty keys and `__proto__` all occur and all survive. */
export interface KeyValue {
  key: string;
  value: AnyValue;
}

export const AnyValue: z.ZodType<AnyValue> = z.lazy(() =>
  z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ boolValue: z.boolean() }),
    z.strictObject({ intValue: z.string() }),
    z.strictObject({ doubleValue: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]) }),
    z.strictObject({ arrayValue: z.strictObject({ values: z.array(AnyValue) }) }),
    z.strictObject({ kvlistValue: z.strictObject({ values: z.array(KeyValue) }) }),
    z.strictObject({ bytesValue: z.string() }),
    z.strictObject({}),
  ]),
);

export const KeyValue: z.ZodType<KeyValue> = z.strictObject({ key: z.string(), value: AnyValue });

/** Levels of array and kvlist that are kept; what is nested deeper is replaced by a note, so that no reader can be made to overflow its stack. */
export const maxValueDepth = 64;
