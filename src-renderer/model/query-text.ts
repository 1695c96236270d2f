/** One term of a query as it was typed, and where. */
export interface QueryPiece {
  text: string;
  start: number;
  end: number;
}

/**
 * A query taken apart for the query bar: terms that have a control of their own (chips for services, the errors switch), and the rest, which stays
 * text. The engine's parser is the judge of what a query means (`docs/query-language.md`); this only finds terms that it recognises for sure.
 */
export interface QueryParts {
  services: string[];
  errorsOnly: boolean;
  rest: string;
}

/** Splits at white space outside of double quotes; a backslash takes the character after it along. */
export const queryPieces = (query: string): QueryPiece[] => {
  const pieces: QueryPiece[] = [];
  const pattern = /(?:"(?:\\.|[^"\\])*"?|[^\s"])+/gs;
  for (const match of query.matchAll(pattern)) pieces.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return pieces;
};

const servicePattern = /^service:(?:"((?:\\.|[^"\\])+)"|([^\s"]+))$/s;

const serviceOf = (term: string): string | undefined => {
  const match = servicePattern.exec(term);
  return match?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? match?.[2];
};

/** Terms become chips when they are complete: `isTyping` leaves the last one alone while nothing follows it. */
export const readQuery = (query: string, isTyping = false): QueryParts => {
  const services: string[] = [];
  let errorsOnly = false;
  const rest: string[] = [];
  for (const { text, end } of queryPieces(query)) {
    const service = isTyping && end === query.length ? undefined : serviceOf(text);
    if (service !== undefined) {
      if (!services.includes(service)) services.push(service);
    } else if (text === 'status:error' && !(isTyping && end === query.length)) errorsOnly = true;
    else rest.push(text);
  }
  // White space at the end is kept while typing, or no second word could be begun.
  return { services, errorsOnly, rest: rest.join(' ') + (isTyping && rest.length > 0 && /\s$/.test(query) ? ' ' : '') };
};

export const serviceTerm = (name: string): string =>
  /^[^\s"\\]+$/.test(name) ? `service:${name}` : `service:"${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** The query that the parts stand for; `readQuery` of it gives the same parts. */
export const writeQuery = ({ services, errorsOnly, rest }: QueryParts): string =>
  [...services.map(serviceTerm), ...(errorsOnly ? ['status:error'] : []), rest.trim()].filter((term) => term !== '').join(' ');
