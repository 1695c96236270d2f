/** A piece of a line of JSON, for its colour. */
export interface JsonToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'plain';
  text: string;
}

/** Lines of a value as JSON, indented by two. No line holds more than one key. */
export const jsonLines = (value: unknown): string[] => JSON.stringify(value, undefined, 2).split('\n');

const token = /(?<string>"(?:[^"\\]|\\.)*")(?<colon>:)?|(?<number>-?\d[\d.eE+-]*)|(?<word>true|false|null)/g;

/** A line in its pieces. */
export const jsonTokens = (line: string): JsonToken[] => {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const { index, 0: text, groups = {} } of line.matchAll(token)) {
    if (index > end) tokens.push({ kind: 'plain', text: line.slice(end, index) });
    const colon = groups['colon'] ?? '';
    const kind = groups['string'] === undefined ? (groups['number'] === undefined ? 'word' : 'number') : colon === '' ? 'string' : 'key';
    tokens.push({ kind, text: text.slice(0, text.length - colon.length) });
    if (colon !== '') tokens.push({ kind: 'plain', text: colon });
    end = index + text.length;
  }
  if (end < line.length) tokens.push({ kind: 'plain', text: line.slice(end) });
  return tokens;
};

/** Indexes of the lines that hold `text`, whichever case it is written in; none for no text. */
export const linesWith = (lines: readonly string[], text: string): number[] => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? index : []));
};
