import type { TextPattern } from '#proto/model/query';

type Random = () => number;

const upTo = (random: Random, end: number): number => Math.floor(random() * end);

/** Regular expressions that JavaScript reads as RE2 does, with and without words that an index can know. */
const pieces = [
  '^',
  '$',
  '.*',
  '.',
  '\\d+',
  '[a-f]',
  '(?:or|ca)',
  'r?',
  'e+',
  'u{1,2}',
  '\\W',
  '(ed|er)',
  '\\b',
  '\\.',
  '[^x]',
  ' ',
  '-',
  '|',
];

/** A pattern that some texts like `text` fit: stars or expressions in place of some of its characters. */
export function patternLike(random: Random, text: string): TextPattern {
  const regex = random() < 0.5;
  const parts: string[] = [''];
  for (let at = 0; at < text.length; at += 1) {
    if (random() < 0.15) {
      parts.push('');
      at += upTo(random, 4);
    }
    parts[parts.length - 1] += text[at] ?? '';
  }
  return regex ? regexLike(random, parts) : wildcardOf(parts);
}

function wildcardOf(parts: readonly string[]): TextPattern {
  const [first = '', ...rest] = parts.length === 1 ? [...parts, ''] : parts;
  const last = rest.at(-1) ?? '';
  return { kind: 'wildcard', parts: [first, ...rest.slice(0, -1).filter((part) => part !== ''), last] };
}

function regexLike(random: Random, parts: readonly string[]): TextPattern {
  const escaped = parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const joined = escaped.reduce((source, part) => source + (pieces[upTo(random, pieces.length)] ?? '') + part);
  const source = `${random() < 0.4 ? '^' : ''}${joined}${random() < 0.3 ? '$' : ''}`;
  return { kind: 'regex', source: isReadable(source) ? source : 'e' };
}

function isReadable(source: string): boolean {
  // RE2 does not repeat what is repeated already or what has no width; JavaScript differs in details of both.
  if (/[*+?}][*+?{]|(?:\\b|[\^$])[*+?{]/.test(source)) return false;
  try {
    return new RegExp(source, 's').source !== '';
  } catch {
    return false;
  }
}

/** The same as JavaScript reads it. */
export function fitsPlainly(text: string, pattern: TextPattern): boolean {
  if (pattern.kind === 'regex') return new RegExp(pattern.source).test(text);
  let at = 0;
  return (
    pattern.parts.every((part, index) => {
      const found = index === pattern.parts.length - 1 ? Math.max(at, text.length - part.length) : text.indexOf(part, at);
      if (found < at || !text.startsWith(part, found) || (index === 0 && found > 0)) return false;
      at = found + part.length;
      return true;
    }) &&
    (pattern.parts.length > 1 || at === text.length)
  );
}
