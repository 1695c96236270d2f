import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { type ReactNode, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { Kbd } from './Kbd.tsx';
import styles from './SearchBox.module.css';
import { pressInSuggestions, suggestionId, SuggestionList, type Suggestions } from './SuggestionList.tsx';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  /** `caret`: behind what was typed. */
  onChange: (value: string, caret: number) => void;
  /** Enter, and the arrow down key: the person is done typing and wants the first result. */
  onLeave?: () => void;
  invalid?: boolean;
  /** The id of the element that says what is wrong. */
  describedBy?: string;
  /** Between icon and text: filters as removable chips. */
  children?: ReactNode;
  /** What the text may go on as, in a list below the box. */
  suggestions?: Suggestions;
  ref?: Ref<HTMLInputElement | null>;
}

/**
 * The box over a list. Escape empties it first and leaves it then. A view makes `/` focus it by registering the shortcut with the ref
 * (`state/shortcuts.ts`); the box shows the key.
 */
export const SearchBox = ({
  label,
  placeholder,
  value,
  onChange,
  onLeave,
  invalid = false,
  describedBy,
  children,
  suggestions,
  ref,
}: SearchBoxProps) => {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => input.current);
  const listId = useId();
  const isOpen = suggestions !== undefined && suggestions.items.length > 0;
  const caret = suggestions?.caret;
  useLayoutEffect(() => {
    if (caret !== undefined) input.current?.setSelectionRange(caret.at, caret.at);
  }, [caret]);
  return (
    <search className={clsx(styles['box'], invalid && styles['invalid'])}>
      <Search className={styles['icon']} size={14} aria-hidden />
      {children}
      <input
        ref={input}
        className={styles['input']}
        type="text"
        role={suggestions === undefined ? 'searchbox' : 'combobox'}
        aria-label={label}
        {...(suggestions === undefined ? {} : { 'aria-autocomplete': 'list', 'aria-expanded': isOpen })}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && suggestions.active !== undefined ? suggestionId(listId, suggestions.active) : undefined}
        aria-keyshortcuts="/"
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={value}
        maxLength={4096}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => onChange(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onBlur={suggestions?.onClose}
        onKeyDown={(event) => {
          if (suggestions !== undefined && pressInSuggestions(event, suggestions)) return;
          if (event.key === 'Escape') {
            event.stopPropagation();
            if (value === '') event.currentTarget.blur();
            else onChange('', 0);
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeave?.();
          }
        }}
      />
      {value === '' ? (
        <span className={styles['hint']} aria-hidden>
          <Kbd keys="/" />
        </span>
      ) : (
        <button
          type="button"
          className={styles['clear']}
          aria-label="Clear search"
          onClick={() => {
            onChange('', 0);
            input.current?.focus();
          }}
        >
          <X size={13} aria-hidden />
        </button>
      )}
      {isOpen ? <SuggestionList id={listId} suggestions={suggestions} /> : undefined}
    </search>
  );
};
