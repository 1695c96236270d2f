import { useEffect, useRef, useState } from 'react';
import { askedWhileTyping, type QueryParts, readQuery, writeQuery } from '#ui/model/query-text.ts';

const debounceMs = 150;

export interface QueryControl {
  parts: QueryParts;
  /** The text beside the chips, as it is typed: asked for a moment later. A term that is complete becomes a chip. */
  type: (rest: string) => void;
  /** Takes every complete term for what it is, also the last one, and asks at once. */
  settle: () => void;
  /** Changes parts and asks at once. */
  change: (change: Partial<QueryParts>) => void;
  toggleService: (name: string) => void;
}

/** A query that is edited in parts: typing is never waited for nor overwritten, and `query`, which is the address's, follows it. */
export const useQueryParts = (query: string, onQuery: (query: string) => void): QueryControl => {
  const [parts, setParts] = useState<QueryParts>(() => readQuery(query));
  const asked = useRef(query);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address was changed from elsewhere: back, a link, the palette.
    if (query === asked.current) return;
    clearTimeout(timer.current);
    asked.current = query;
    setParts(readQuery(query));
  }, [query]);

  const set = (next: QueryParts, delayMs: number, asks = next): void => {
    setParts(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = writeQuery(asks);
      onQuery(asked.current);
    }, delayMs);
  };
  const change = (changed: Partial<QueryParts>): void => set({ ...parts, ...changed }, 0);
  /** With what has become a chip beside the chips that are there: one service more to choose from. */
  const withTyped = (rest: string, isTyping: boolean): QueryParts => {
    const typed = readQuery(rest, isTyping);
    const hasChip = typed.services.length > 0 || typed.errorsOnly;
    const services = [...new Set([...parts.services, ...typed.services])];
    // As typed where nothing became a chip: spaces are the person's own.
    return { services, errorsOnly: parts.errorsOnly || typed.errorsOnly, rest: hasChip ? typed.rest : rest };
  };
  return {
    parts,
    type: (rest) => {
      const next = withTyped(rest, true);
      set(next, debounceMs, askedWhileTyping(next));
    },
    settle: () => set(withTyped(parts.rest.trim(), false), 0),
    change,
    toggleService: (name) =>
      change({ services: parts.services.includes(name) ? parts.services.filter((other) => other !== name) : [...parts.services, name] }),
  };
};
