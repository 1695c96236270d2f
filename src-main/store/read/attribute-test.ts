import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { Comparison, QueryTerm } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import type { Resource, Scope } from '#proto/model/resource';
import { compare } from './compare.ts';
import { textTest } from './text-test.ts';

export type AttributeTerm = Extract<QueryTerm, { kind: 'attribute' | 'attributeLike' | 'exists' }>;

/** What is known of a record and a term after looking at some of its attributes; the sum (`|`) over all of them decides. */
const attributeFlags = {
  /** The attribute is there. */
  present: 1,
  /** A value of it meets the comparison; for `!=`: equals the value. */
  met: 2,
} as const;

/** What a term asks of attributes, under every name that the key has had. A record's attributes are its own, its events', its resource's and its scope's. */
export interface AttributeTest {
  names: readonly string[];
  /** `attributeFlags` of one attribute whose key is one of `names`. */
  flagsOf(value: AnyValue): number;
  /** Whether a record with these flags meets the term. */
  isMetBy(flags: number): boolean;
}

export function attributeTest(term: AttributeTerm): AttributeTest {
  const names = attributeNames(term.key);
  const { present, met } = attributeFlags;
  if (term.kind === 'exists') return { names, flagsOf: () => present, isMetBy: (flags) => flags !== 0 };
  if (term.kind === 'attributeLike') {
    const pattern = textTest(term.pattern);
    const flagsOf = (value: AnyValue): number => (pattern.fits(displayValue(value)) ? present | met : present);
    return { names, flagsOf, isMetBy: (flags) => (flags & met) !== 0 };
  }
  const { comparison, value: text } = term;
  if (comparison === '=' || comparison === '!=') {
    const flagsOf = (value: AnyValue): number => (displayValue(value) === text ? present | met : present);
    return { names, flagsOf, isMetBy: comparison === '=' ? (flags) => (flags & met) !== 0 : (flags) => flags === present };
  }
  return { names, flagsOf: numberFlags(comparison, numberOfText(text)), isMetBy: (flags) => (flags & met) !== 0 };
}

function numberFlags(comparison: Comparison, bound: number): (value: AnyValue) => number {
  const { present, met } = attributeFlags;
  return (value) => (compare(numberOf(value), comparison, bound) ? present | met : present);
}

/** A value as `<` and `>` compare it. */
function numberOf(value: AnyValue): number {
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return Number(value.doubleValue);
  return 'stringValue' in value ? numberOfText(value.stringValue) : Number.NaN;
}

/** NaN, which compares with nothing, where the text is not wholly a finite number. */
export function numberOfText(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

function flagsOfAttributes(test: AttributeTest, attributes: readonly KeyValue[]): number {
  let flags = 0;
  for (const { key, value } of attributes) if (test.names.includes(key)) flags |= test.flagsOf(value);
  return flags;
}

/** What a resource and its scope add to the flags of every record under them. */
export function flagsOfSource(test: AttributeTest, { resource, scope }: { resource: Resource; scope: Scope }): number {
  return flagsOfAttributes(test, resource.attributes) | flagsOfAttributes(test, scope.attributes);
}
