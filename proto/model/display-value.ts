import type { AnyValue, KeyValue } from './any-value.ts';

/**
 * A value as a person reads it and as text search finds it: strings as they are, bytes in base64, arrays and maps as JSON (common/README.md, "AnyValue
 * representation for non-OTLP protocols"). The empty value is the empty text.
 */
export function displayValue(value: AnyValue): string {
  if ('stringValue' in value) return value.stringValue;
  if ('arrayValue' in value || 'kvlistValue' in value) return json(value);
  return String(scalar(value));
}

/** Written by hand, because an object of JavaScript would reorder, merge or lose keys, and an integer would lose digits. */
function json(value: AnyValue): string {
  if ('arrayValue' in value) return `[${value.arrayValue.values.map(json).join(',')}]`;
  if ('kvlistValue' in value) return `{${value.kvlistValue.values.map(jsonPair).join(',')}}`;
  if ('intValue' in value) return value.intValue;
  return Object.keys(value).length === 0 ? 'null' : JSON.stringify(scalar(value));
}

const jsonPair = ({ key, value }: KeyValue): string => `${JSON.stringify(key)}:${json(value)}`;

function scalar(value: AnyValue): string | number | boolean {
  if ('stringValue' in value) return value.stringValue;
  if ('boolValue' in value) return value.boolValue;
  if ('intValue' in value) return value.intValue;
  if ('doubleValue' in value) return value.doubleValue;
  return 'bytesValue' in value ? value.bytesValue : '';
}
