import { inertText } from './inert-text.ts';

/** Foreign text in Markdown. Everything from outside goes into code, in which nothing is a link, a heading or HTML; what cannot be seen is marked. */

/** As a code span of one line: fences are longer than any row of backticks within, so the text cannot end it. Empty text is an empty pair of quotes. */
export const codeSpan = (text: string, most: number): string => {
  const line = inertText(text.slice(0, most * 2))
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line === '') return '`""`';
  const shown = line.length > most ? `${line.slice(0, most)}…` : line;
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** As a code block of as many lines as there are. */
export const codeBlock = (text: string): string => {
  const shown = inertText(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
};

const longestRun = (text: string): number => {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
};
