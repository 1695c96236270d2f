import type { AnyValue, KeyValue } from '#proto/model/any-value';

export type AnyValueType = 'string' | 'int' | 'double' | 'bool' | 'bytes' | 'array' | 'map' | 'empty';

export function valueType(value: AnyValue): AnyValueType {
  if ('stringValue' in value) return 'string';
  if ('intValue' in value) return 'int';
  if ('doubleValue' in value) return 'double';
  if ('boolValue' in value) return 'bool';
  if ('bytesValue' in value) return 'bytes';
  if ('arrayValue' in value) return 'array';
  if ('kvlistValue' in value) return 'map';
  return 'empty';
}

/**
 * A value as one piece of text, to read, copy and search: a string as it is, everything else as compact JSON (OpenTelemetry specification, "AnyValue
 * representation for non-OTLP"), except that 64-bit integers keep all their digits. `limit` bounds the work for very large values; the text may end a
 * little behind it.
 */
export function valueText(value: AnyValue, limit = Number.POSITIVE_INFINITY): string {
  if ('stringValue' in value) return value.stringValue.length > limit ? value.stringValue.slice(0, limit) : value.stringValue;
  if ('bytesValue' in value) return value.bytesValue;
  const out: BoundedText = { text: '', limit };
  write(value, out);
  return out.text;
}

/** Text that grows up to about a limit. */
interface BoundedText {
  text: string;
  readonly limit: number;
}

function write(value: AnyValue, out: BoundedText): void {
  if ('stringValue' in value) out.text += JSON.stringify(value.stringValue);
  else if ('intValue' in value) out.text += value.intValue;
  else if ('doubleValue' in value) out.text += String(value.doubleValue);
  else if ('boolValue' in value) out.text += String(value.boolValue);
  else if ('bytesValue' in value) out.text += JSON.stringify(value.bytesValue);
  else if ('arrayValue' in value) writeAll(value.arrayValue.values, '[]', out, (item) => write(item, out));
  else if ('kvlistValue' in value) writeAll(value.kvlistValue.values, '{}', out, (item) => writeEntry(item, out));
  else out.text += 'null';
}

function writeEntry({ key, value }: KeyValue, out: BoundedText): void {
  out.text += `${JSON.stringify(key)}:`;
  write(value, out);
}

function writeAll<Item>(items: readonly Item[], brackets: '[]' | '{}', out: BoundedText, writeItem: (item: Item) => void): void {
  out.text += brackets.charAt(0);
  for (const [index, item] of items.entries()) {
    if (out.text.length >= out.limit) {
      out.text += '…';
      break;
    }
    if (index > 0) out.text += ',';
    writeItem(item);
  }
  out.text += brackets.charAt(1);
}

/** Decodes base64 to how many bytes it stands for. */
export function byteLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.floor(base64.length / 4) * 3 - padding;
}

/** Bytes as pairs of hex digits, the first `maxBytes` of them. */
export function bytesToHex(base64: string, maxBytes: number): string {
  const characters = Math.ceil(maxBytes / 3) * 4;
  const bytes = atob(base64.slice(0, characters));
  return Array.from(bytes.slice(0, maxBytes), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
}

/** The last string under `key`: what a reader of duplicate keys that keeps one would see. */
export function stringAttribute(attributes: readonly KeyValue[], key: string): string | undefined {
  const found = attributes.findLast((attribute) => attribute.key === key);
  return found !== undefined && 'stringValue' in found.value ? found.value.stringValue : undefined;
}
