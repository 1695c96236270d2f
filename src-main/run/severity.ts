/** `SeverityNumber` of logs.proto, by the words that logging libraries use for it. */
const numbers = new Map([
  ['trace', 1],
  ['verbose', 1],
  ['silly', 1],
  ['debug', 5],
  ['info', 9],
  ['information', 9],
  ['log', 9],
  ['notice', 10],
  ['warn', 13],
  ['warning', 13],
  ['err', 17],
  ['error', 17],
  ['severe', 17],
  ['critical', 21],
  ['crit', 21],
  ['fatal', 21],
  ['alert', 21],
  ['panic', 21],
  ['emerg', 21],
  ['emergency', 21],
]);

export interface Severity {
  number: number;
  /** As it was written. */
  text: string;
}

export function severityOfWord(word: string): Severity | undefined {
  const number = numbers.get(word.toLowerCase());
  return number === undefined ? undefined : { number, text: word };
}

/** Pino's and Bunyan's levels: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
export function severityOfLevel(level: number): Severity | undefined {
  const step = Math.floor(level / 10);
  if (!(step >= 1 && step <= 6)) return undefined;
  return { number: 1 + (step - 1) * 4, text: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][step - 1] ?? '' };
}

/** A level stands in front of the message: behind the time, and perhaps the name of a logger or two. */
const wordsInFront = 5;

/** `level=warn` of logfmt. */
const logfmt = /(?:^|\s)(?:level|lvl|severity)="?([A-Za-z]+)/;
/** `error: …` and `[warn] …`: only at the very beginning may it be written in small letters. */
const prefix = /^(?:\[([A-Za-z]+)\]|([A-Za-z]+):)(?:\s|$)/;

/** The severity that a line of text says it has. A word in the midst of a sentence says nothing. */
export function severityOfLine(line: string): Severity | undefined {
  const text = line.trimStart();
  const [, inBrackets, beforeColon] = prefix.exec(text) ?? [];
  return severityOfWord(inBrackets ?? beforeColon ?? logfmt.exec(text.slice(0, 256))?.[1] ?? '') ?? severityInCapitals(text);
}

/** `2026-01-02 10:00:00,123 - shop - ERROR - …`, `WARNING:root:…`, `[ERROR] …`, `npm ERR! …`. */
function severityInCapitals(text: string): Severity | undefined {
  const words = text
    .slice(0, 256)
    .split(/[\s|]+/, wordsInFront + 3)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  for (const word of words.slice(0, wordsInFront)) {
    const [, level = ''] = /^[[(<]?([A-Z]{3,11})(?:[\])>:!,]|$)/.exec(word) ?? [];
    const severity = severityOfWord(level);
    if (severity !== undefined) return severity;
  }
  return undefined;
}
