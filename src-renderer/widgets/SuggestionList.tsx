import type { KeyboardEvent } from 'react';
import styles from './SuggestionList.module.css';

/** What may stand in place of what is being typed, and the one that the keyboard is on. */
export interface Suggestions {
  /** None: the list is closed. */
  items: readonly { text: string; description: string; count?: string }[];
  /** What the counts are of; empty for none. */
  note: string;
  active: number | undefined;
  onActive: (index: number | undefined) => void;
  onPick: (index: number) => void;
  onClose: () => void;
  /** Ctrl+Space: the person asks what there is, `caret` being where. */
  onAsk: (caret: number) => void;
  /** Where the caret belongs after one was picked; a new object each time. */
  caret: { at: number } | undefined;
}

interface SuggestionListProps {
  id: string;
  suggestions: Suggestions;
}

export const suggestionId = (listId: string, index: number): string => `${listId}-${index}`;

/** Below the box that it belongs to, which keeps the focus (WAI-ARIA Authoring Practices, "Combobox with list autocomplete"). */
export const SuggestionList = ({ id, suggestions: { items, note, active, onPick } }: SuggestionListProps) => (
  <div className={styles['list']}>
    <div id={id} role="listbox" aria-label="Suggestions">
      {items.map(({ text, description, count }, index) => (
        <div
          key={text}
          id={suggestionId(id, index)}
          className={styles['item']}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(index);
          }}
        >
          <code className={styles['text']}>{text}</code>
          {description === '' ? undefined : <span className={styles['description']}>{description}</span>}
          {count === undefined ? undefined : <span className={styles['count']}>{count}</span>}
        </div>
      ))}
    </div>
    {note === '' ? undefined : <div className={styles['note']}>{note}</div>}
  </div>
);

/** Arrow keys go through the list and out of it again, Enter and Tab take the one that they are on, Escape closes it. Says whether the key was one of these. */
export const pressInSuggestions = (event: KeyboardEvent<HTMLInputElement>, suggestions: Suggestions): boolean => {
  const { items, active, onActive, onPick, onClose, onAsk } = suggestions;
  if (event.key === ' ' && event.ctrlKey) onAsk(event.currentTarget.selectionStart ?? 0);
  else if (items.length === 0) return false;
  else if (event.key === 'ArrowDown') onActive(active === items.length - 1 ? undefined : (active ?? -1) + 1);
  else if (event.key === 'ArrowUp') onActive(active === 0 ? undefined : (active ?? items.length) - 1);
  else if (event.key === 'Escape') onClose();
  else if ((event.key === 'Enter' || event.key === 'Tab') && active !== undefined) onPick(active);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
};
