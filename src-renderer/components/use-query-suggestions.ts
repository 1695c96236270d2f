import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Subject } from '#proto/model/query-fields';
import { plural } from '#proto/text/count';
import { completionsQuery, useBridge } from '#ui/bridge/index.ts';
import { allFields, completionWanted, type CountedText, type QuerySuggestions, suggest } from '#ui/model/query-suggestions.ts';
import type { Suggestions } from '#ui/widgets/SuggestionList.tsx';
import type { QueryControl } from './use-query-parts.ts';

/** Where in which text the person is. Another text than the box holds is of a moment ago: a term has become a chip, or the address has changed. */
interface Place {
  text: string;
  caret: number;
  wantsAll: boolean;
}

/** What the query that is being typed may go on as. `onType` takes the place of the control's own `type`. */
export const useQuerySuggestions = (
  subject: Subject,
  control: QueryControl,
): { suggestions: Suggestions; onType: (text: string, caret: number) => void } => {
  const [place, setPlace] = useState<Place>();
  const [active, setActive] = useState<number>();
  const [caret, setCaret] = useState<{ at: number }>();
  const text = control.parts.rest;
  const here = place?.text === text ? place : undefined;
  const wanted = here && completionWanted(here.text, here.caret, subject);
  const known = useQuery({
    ...completionsQuery(useBridge(), { subject, prefix: '', ...wanted }),
    enabled: wanted !== undefined,
  });
  const counted = wanted === undefined ? undefined : known.data;
  const found = here === undefined ? nothing : suggestAt(here, subject, counted?.items ?? []);

  const goTo = (next: Place | undefined): void => {
    setPlace(next);
    setActive(undefined);
  };
  const onType = (typed: string, at: number): void => {
    control.type(typed);
    goTo({ text: typed, caret: at, wantsAll: false });
  };
  const pick = (index: number): void => {
    const { text: picked = '' } = found.items[index] ?? {};
    const behind = text.slice(found.end);
    const before = text.slice(0, found.start) + (/^\s/.test(behind) ? picked.trimEnd() : picked);
    onType(before + behind, before.length);
    setCaret({ at: before.length });
  };
  return {
    onType,
    suggestions: {
      items: found.items,
      note: counted === undefined || !found.items.some(({ count }) => count !== undefined) ? '' : noteOf(subject, counted.lookedAt),
      active,
      onActive: setActive,
      onPick: pick,
      onClose: () => goTo(undefined),
      onAsk: (at) => goTo({ text, caret: at, wantsAll: true }),
      caret,
    },
  };
};

const nothing: QuerySuggestions = { start: 0, end: 0, items: [] };

/** Of how many the counts are. */
const noteOf = (subject: Subject, lookedAt: number): string =>
  `Counted among the newest ${plural(lookedAt, subject === 'traces' ? 'span' : 'log record')}`;

const suggestAt = ({ text, caret, wantsAll }: Place, subject: Subject, known: readonly CountedText[]): QuerySuggestions => {
  const found = suggest(text, caret, subject, known);
  return wantsAll && found.items.length === 0 && found.start === caret ? { ...found, items: allFields(subject) } : found;
};
