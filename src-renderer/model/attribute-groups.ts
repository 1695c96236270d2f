import type { KeyValue } from '#proto/model/any-value';
import { valueText } from './any-value-text.ts';

/** Attributes of one namespace (`http`, `db`, …); the empty namespace holds those that stand alone. */
export interface AttributeGroup {
  namespace: string;
  attributes: KeyValue[];
}

/** Up to this many, one sorted list is quicker to read than groups. */
const maxUngrouped = 10;

/** Attributes sorted by key; where there are many, parted by the first segment of the key. Duplicate keys stay, in the order in which they were sent. */
export function groupAttributes(attributes: readonly KeyValue[]): AttributeGroup[] {
  const sorted = attributes.toSorted((a, b) => compareKeys(a.key, b.key));
  if (sorted.length <= maxUngrouped) return sorted.length === 0 ? [] : [{ namespace: '', attributes: sorted }];
  const byNamespace = Map.groupBy(sorted, ({ key }) => namespaceOf(key));
  const alone = [...byNamespace]
    .filter(([namespace, members]) => namespace === '' || members.length === 1)
    .flatMap(([, members]) => members);
  const groups = [...byNamespace]
    .filter(([namespace, members]) => namespace !== '' && members.length > 1)
    .map(([namespace, members]) => ({ namespace, attributes: members }));
  return alone.length === 0 ? groups : [{ namespace: '', attributes: alone }, ...groups];
}

/** Attributes whose key or value contains every word, whatever their case. */
export function filterAttributes(attributes: readonly KeyValue[], search: string): readonly KeyValue[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return attributes;
  return attributes.filter(({ key, value }) => {
    const text = `${key} ${valueText(value)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function namespaceOf(key: string): string {
  const dot = key.indexOf('.');
  return dot <= 0 ? '' : key.slice(0, dot);
}

function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
