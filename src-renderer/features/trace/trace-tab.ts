import type { ReactElement } from 'react';
import type { Trace } from '#proto/analysis/trace';
import type { TabId, TraceSearch } from './trace-search.ts';

/** What a view of a trace shows, and what it can change. */
export interface TabProps {
  trace: Trace;
  search: TraceSearch;
  /** `isStep`: without a place of its own in the history. */
  onSearch: (part: Partial<TraceSearch>, isStep: boolean) => void;
  /** The span that the inspector shows. */
  selected: number | undefined;
  /** `isStep`: one of many in a row, by keyboard, which needs no place of its own in the history. */
  onSelect: (span: number, isStep: boolean) => void;
  /** Closes the inspector; undefined while it is closed. */
  onClose: (() => void) | undefined;
}

/** One way of looking at a trace. */
export interface TraceTab {
  id: TabId;
  label: string;
  /** In the notation of `state/shortcuts.ts`. */
  keys: string;
  count?: number;
  element: () => ReactElement;
}
