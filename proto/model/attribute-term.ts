import type { AnyValue } from './any-value.ts';
import { displayValue } from './display-value.ts';
import { queryFields } from './query-fields.ts';

/** Longer ones would leave no room for anything else in a query, and would not be read by anybody. */
const maxTermLength = 2000;

const fieldNames: ReadonlySet<string> = new Set(queryFields.map(({ name }) => name));

/**
 * The term of the query language that asks for exactly this attribute: `http.route=/cart`, `"my key"="a b"`. `!=` asks for the attribute with another value. Quoted where anything
 * could be meant otherwise, also inside of parentheses. Undefined where the value is too long to be asked for.
 */
export function attributeTerm(key: string, comparison: '=' | '!=', value: AnyValue): string | undefined {
  const text = displayValue(value);
  if (key.length + text.length > maxTermLength) return undefined;
  return `${attributeKeyText(key)}${comparison}${/^[\w/][\w./:@-]*$/.test(text) ? text : quoted(text)}`;
}

/** A key as it is written in a term. */
export const attributeKeyText = (key: string): string => (isPlainKey(key) ? key : quoted(key));

/** What is called like a field of the language, in upper or lower case, is an attribute in quotes only; `AND`, `OR` and `NOT` are operators. */
const isPlainKey = (key: string): boolean =>
  /^[A-Za-z_][\w./-]*$/.test(key) && !fieldNames.has(key.toLowerCase()) && !/^(?:AND|OR|NOT)$/.test(key);

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
