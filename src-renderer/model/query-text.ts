/** A part of a query at its top level, as it was typed, and where. A group reaches from one parenthesis to the other, and what is in it stays in it. */
export interface QueryPiece {
  kind: 'term' | 'group' | 'operator';
  text: string;
  start: number;
  end: number;
}

/**
 * A query taken apart for the query bar: terms that have a control of their own (chips for services, of which a span may have any, and the errors switch), and the rest, which stays
 * text. The engine's parser is the judge of what a query means (`docs/query-language.md`); this only finds terms that it recognises for sure.
 */
export interface QueryParts {
  services: string[];
  errorsOnly: boolean;
  rest: string;
}

const operatorPattern = /(?:AND|OR|NOT)(?=[\s()"]|$)/y;
/** Up to the next white space outside of double quotes; a backslash takes the character after it along. */
const termPattern = /(?:"(?:\\.|[^"\\])*"?|[^\s"])+/sy;
const quotedPattern = /"(?:\\.|[^"\\])*"?/sy;

/** What a query joins at its top level. */
export const queryPieces = (query: string): QueryPiece[] => {
  const pieces: QueryPiece[] = [];
  for (let start = skipSpace(query, 0); start < query.length;) {
    const kind = query[start] === '(' ? 'group' : lengthAt(operatorPattern, query, start) > 0 ? 'operator' : 'term';
    const end =
      kind === 'group' ? groupEnd(query, start) : start + lengthAt(kind === 'operator' ? operatorPattern : termPattern, query, start);
    pieces.push({ kind, text: query.slice(start, end), start, end });
    start = skipSpace(query, end);
  }
  return pieces;
};

const lengthAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
};

const skipSpace = (text: string, at: number): number => at + lengthAt(/\s*/y, text, at);

/** Behind the parenthesis that closes the one at `start`; the end of the query where none does. */
const groupEnd = (query: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < query.length; at++) {
    const character = query[at];
    if (character === '"') at += lengthAt(quotedPattern, query, at) - 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  return query.length;
};

/** Not of a service that is asked for with a star, which is not one. */
const servicePattern = /^service:(?:"((?:\\.|[^"\\])+)"|([^\s"*]+))$/s;

const serviceOf = (term: string): string | undefined => {
  const match = servicePattern.exec(term);
  return match?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? match?.[2];
};

/** The services of `service:a`, or of `(service:a OR service:b)`; undefined for everything else. */
const servicesOf = ({ kind, text }: QueryPiece): string[] | undefined => {
  if (kind === 'group') return text.endsWith(')') ? anyOfServices(queryPieces(text.slice(1, -1))) : undefined;
  const service = kind === 'term' ? serviceOf(text) : undefined;
  return service === undefined ? undefined : [service];
};

const anyOfServices = (pieces: readonly QueryPiece[]): string[] | undefined => {
  const services = pieces.filter((_, index) => index % 2 === 0).map(({ kind, text }) => (kind === 'term' ? serviceOf(text) : undefined));
  const isJoined = pieces.length % 2 === 1 && pieces.every(({ text }, index) => index % 2 === 0 || text === 'OR');
  return isJoined && services.every((service) => service !== undefined) ? [...new Set(services)] : undefined;
};

const isOr = ({ kind, text }: QueryPiece): boolean => kind === 'operator' && text === 'OR';

/**
 * Terms become chips when they are complete: `isTyping` leaves the last one alone while nothing follows it. A query with OR at its top level stays text as a whole, since what holds
 * for one side does not hold for the other; so does what NOT stands before, and a second service, which no span can have besides the first.
 */
export const readQuery = (query: string, isTyping = false): QueryParts => {
  const pieces = queryPieces(query);
  const onlyServices = isTyping ? undefined : anyOfServices(pieces);
  if (onlyServices !== undefined) return { services: onlyServices, errorsOnly: false, rest: '' };
  if (pieces.some(isOr)) return { services: [], errorsOnly: false, rest: isTyping ? query : query.trim() };
  let services: string[] | undefined;
  let errorsOnly = false;
  const rest: QueryPiece[] = [];
  for (const [index, piece] of pieces.entries()) {
    const isFixed = (isTyping && piece.end === query.length) || pieces[index - 1]?.text === 'NOT';
    const found = isFixed ? undefined : servicesOf(piece);
    if (found !== undefined && services === undefined) services = found;
    else if (!isFixed && piece.text === 'status:error') errorsOnly = true;
    else rest.push(piece);
  }
  const isChanged = services !== undefined || errorsOnly;
  // AND is what a space means: beside a term that has left it would join nothing.
  const kept = rest.filter(
    ({ kind, text, end }) => !isChanged || kind !== 'operator' || text !== 'AND' || (isTyping && end === query.length),
  );
  // White space at the end is kept while typing, or no second word could be begun.
  const space = isTyping && kept.length > 0 && /\s$/.test(query) ? ' ' : '';
  return { services: services ?? [], errorsOnly, rest: kept.map(({ text }) => text).join(' ') + space };
};

/** A value as it is written in a term: in quotes where anything in it could mean something else, also in a group. */
export const valueText = (value: string): string =>
  /^[^\s"\\()*]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

export const serviceTerm = (name: string): string => `service:${valueText(name)}`;

/** The query that the parts stand for: a span of any of the services, and all of the rest. */
export const writeQuery = ({ services, errorsOnly, rest }: QueryParts): string => {
  const chips = [...servicesTerm(services), ...(errorsOnly ? ['status:error'] : [])];
  return [...chips, restTerm(rest.trim(), chips.length > 0)].filter((term) => term !== '').join(' ');
};

/**
 * What to ask for while the text is being typed. A service that stands half-typed at its end, beside others, is going to be one more to choose from; asked for as it stands, it would be a
 * second one, which no span can have.
 */
export const askedWhileTyping = (parts: QueryParts): QueryParts => {
  const pieces = queryPieces(parts.rest);
  const last = pieces.at(-1);
  if (parts.services.length === 0 || last?.end !== parts.rest.length || !/^service:[^*]*$/.test(last.text)) return parts;
  if (pieces.some(isOr) || pieces.at(-2)?.kind === 'operator') return parts;
  const typed = serviceOf(last.text);
  const services = typed === undefined ? parts.services : [...new Set([...parts.services, typed])];
  return { ...parts, services, rest: parts.rest.slice(0, last.start).trimEnd() };
};

const servicesTerm = (services: readonly string[]): string[] => {
  const terms = services.map(serviceTerm);
  return terms.length > 1 ? [`(${terms.join(' OR ')})`] : terms;
};

/** `a OR b` beside a chip needs parentheses; where it begins with the operator, it goes on from the chip. */
const restTerm = (rest: string, hasChips: boolean): string => {
  const pieces = queryPieces(rest);
  return hasChips && pieces.some(isOr) && pieces[0]?.kind !== 'operator' ? `(${rest})` : rest;
};
