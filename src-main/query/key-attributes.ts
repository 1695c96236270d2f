import { maskAttribute } from '#proto/analysis/mask-secrets';
import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { findAttribute } from '#proto/model/semantic-conventions';
import { cutText } from './markdown-text.ts';

/** Under their newest names: what tells a span from others of its name, most telling first. */
const keys = [
  'error.type',
  'http.response.status_code',
  'rpc.response.status_code',
  'http.request.method',
  'http.route',
  'url.full',
  'url.path',
  'db.system.name',
  'db.query.text',
  'messaging.destination.name',
  'gen_ai.request.model',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'server.address',
] as const;

const most = 4;
const mostChars = 120;

/** A few attributes of a span as `key=value`, secrets masked; without what its name, or one before, says already. */
export function keyAttributes(attributes: readonly KeyValue[], spanName: string): string[] {
  const said = [spanName];
  const shown: string[] = [];
  for (const key of keys) {
    const value = findAttribute(attributes, key);
    const text = value === undefined ? '' : displayValue(value);
    if (text === '' || said.some((one) => one.includes(text))) continue;
    said.push(text);
    shown.push(`${key}=${cutText(maskAttribute(key, text), mostChars)}`);
    if (shown.length === most) break;
  }
  return shown;
}
