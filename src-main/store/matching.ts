import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { LogRecord } from '#proto/model/log';
import { attributeNames } from '#proto/model/semantic-conventions';
import type { Span } from '#proto/model/span';

/** Key and value of `key=value` together: no longer query can be asked, so that nothing longer has to be kept comparable. */
export const maxComparedCharacters = 4096;

/** What `key=value` asks for, under every name that the key has had. */
export interface AttributeTest {
  names: readonly string[];
  value: string;
}

export function attributeTest(key: string, value: string): AttributeTest {
  return { names: attributeNames(key), value };
}

export function spanMatches(span: Span, test: AttributeTest): boolean {
  return holds(span.attributes, test) || span.events.some((event) => holds(event.attributes, test));
}

export function logMatches(record: LogRecord, test: AttributeTest): boolean {
  return holds(record.attributes, test);
}

function holds(attributes: readonly KeyValue[], { names, value }: AttributeTest): boolean {
  return attributes.some((attribute) => names.includes(attribute.key) && displayValue(attribute.value) === value);
}
