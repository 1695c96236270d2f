import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { attributeNames, findAttribute } from '#proto/model/semantic-conventions';

/** Where the code is that attributes speak of (semantic conventions, "Source code attributes"). */
export interface CodePlace {
  /** The attribute that names the file, under its name of today or an older one. */
  key: string;
  file: string;
  line: string;
  column: string;
}

export const codePlace = (attributes: readonly KeyValue[]): CodePlace | undefined => {
  for (const key of attributeNames('code.file.path')) {
    const value = attributes.findLast((attribute) => attribute.key === key)?.value;
    if (value === undefined || !('stringValue' in value)) continue;
    return { key, file: value.stringValue, line: text(attributes, 'code.line.number'), column: text(attributes, 'code.column.number') };
  }
  return undefined;
};

const text = (attributes: readonly KeyValue[], key: string): string => {
  const value = findAttribute(attributes, key);
  return value === undefined ? '' : displayValue(value);
};
