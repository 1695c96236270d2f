import { attributeTerm } from '#proto/model/attribute-term';
import { queryPieces, readQuery, serviceTerm, writeQuery } from './query-text.ts';

/** One value of a field of the query language or of an attribute, as a term of a query asks for it. */
export interface QueryFilter {
  kind: 'field' | 'attribute';
  key: string;
  value: string;
}

export type FilterState = 'included' | 'excluded';

export interface StatedFilter extends QueryFilter {
  state: FilterState;
}

/** A term or group, and whether NOT stands before it. AND is what a space means, and is left out, and so is a NOT that nothing follows. */
interface Part {
  text: string;
  isNot: boolean;
}

const fieldKeys = new Set(['service', 'name', 'status', 'kind']);

export const isSameFilter = (a: QueryFilter, b: QueryFilter): boolean => a.kind === b.kind && a.key === b.key && a.value === b.value;

/** Undefined where the value is too long to be asked for. */
export const filterTerm = ({ kind, key, value }: QueryFilter): string | undefined => {
  if (kind === 'attribute') return attributeTerm(key, '=', { stringValue: value });
  if (value.length > 2000) return undefined;
  return key === 'status' || key === 'kind' ? `${key}:${value}` : `${key}:${serviceTerm(value).slice('service:'.length)}`;
};

/** The filters that a query surely has: its terms at the top level that ask for one value, or for none. A query with OR there has none. */
export const readFilters = (query: string): StatedFilter[] => {
  const services = readQuery(query).services.map((value) => ({ ...serviceFilter(value), state: 'included' as const }));
  const others = (partsOf(query) ?? []).flatMap(({ text, isNot }): StatedFilter[] => {
    const filter = readTerm(text);
    const state = isNot ? 'excluded' : 'included';
    return filter === undefined || services.some((service) => !isNot && isSameFilter(service, filter)) ? [] : [{ ...filter, state }];
  });
  return [...services, ...others];
};

/** The query with the filter in that state, or without it. Everything else that it asks for stays. */
export const withFilter = (query: string, filter: QueryFilter, state: FilterState | undefined): string => {
  const parts = partsOf(query);
  const term = filterTerm(filter);
  if (term === undefined) return query;
  const added = state === 'excluded' ? `NOT ${term}` : term;
  if (parts === undefined) return state === undefined ? query : withoutOr(query, filter, state, added);
  const kept = parts.filter(({ text }) => !isTermOf(text, filter));
  const rest = textOf(kept);
  if (filter.key !== 'service' || filter.kind !== 'field') return joined(rest, state === undefined ? '' : added);
  // Chips of services, of which any will do, change among themselves.
  const chips = readQuery(rest);
  const services = chips.services.filter((name) => name !== filter.value);
  const changed = writeQuery({ ...chips, services: state === 'included' ? [...services, filter.value] : services });
  return state === 'excluded' ? joined(changed, added) : changed;
};

/** Services beside each other are the one OR that has chips. */
const withoutOr = (query: string, filter: QueryFilter, state: FilterState, added: string): string => {
  const chips = readQuery(query);
  if (filter.key === 'service' && state === 'included' && chips.services.length > 0)
    return writeQuery({ ...chips, services: [...new Set([...chips.services, filter.value])] });
  return `(${query.trim()}) ${added}`;
};

const serviceFilter = (value: string): QueryFilter => ({ kind: 'field', key: 'service', value });

const joined = (...terms: readonly string[]): string => terms.filter((term) => term !== '').join(' ');

const textOf = (parts: readonly Part[]): string => parts.map(({ text, isNot }) => (isNot ? `NOT ${text}` : text)).join(' ');

/** Undefined where the query joins by OR. */
const partsOf = (query: string): Part[] | undefined => {
  const parts: Part[] = [];
  let isNot = false;
  for (const { kind, text } of queryPieces(query)) {
    if (kind === 'operator' && text === 'OR') return undefined;
    if (kind === 'operator' && text === 'NOT') isNot = !isNot;
    else if (kind !== 'operator') {
      parts.push({ text, isNot });
      isNot = false;
    }
  }
  return parts;
};

const termPattern = /^(?:"((?:\\.|[^"\\])*)"|([^\s"=:<>!]+))([:=])(?:"((?:\\.|[^"\\])*)"|([^\s"*]+))$/s;

const readTerm = (text: string): QueryFilter | undefined => {
  const [, quotedKey, bareKey, sign, quotedValue, bareValue] = termPattern.exec(text) ?? [];
  const key = bareKey ?? (quotedKey === undefined ? undefined : unquoted(quotedKey));
  const value = bareValue ?? (quotedValue === undefined ? undefined : unquoted(quotedValue));
  if (key === undefined || value === undefined) return undefined;
  if (bareKey !== undefined && fieldKeys.has(bareKey.toLowerCase())) return { kind: 'field', key: bareKey.toLowerCase(), value };
  return sign === '=' ? { kind: 'attribute', key, value } : undefined;
};

const unquoted = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1');

const isTermOf = (text: string, filter: QueryFilter): boolean => {
  const read = readTerm(text);
  return read !== undefined && isSameFilter(read, filter);
};
