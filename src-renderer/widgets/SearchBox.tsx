import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Kbd } from './Kbd.tsx';
import styles from './SearchBox.module.css';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** Enter, and the arrow down key: the person is done typing and wants the first result. */
  onLeave?: () => void;
  invalid?: boolean;
  /** The id of the element that says what is wrong. */
  describedBy?: string;
  /** Between icon and text: filters as removable chips. */
  children?: ReactNode;
  className?: string;
  ref?: Ref<HTMLInputElement>;
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
  className,
  ref,
}: SearchBoxProps) => {
  return (
    <search className={clsx(styles['box'], invalid && styles['invalid'], className)}>
      <Search className={styles['icon']} size={14} aria-hidden />
      {children}
      <input
        ref={ref}
        className={styles['input']}
        type="text"
        role="searchbox"
        aria-label={label}
        aria-keyshortcuts="/"
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={value}
        maxLength={4096}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            if (value === '') event.currentTarget.blur();
            else onChange('');
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
          onClick={(event) => {
            onChange('');
            event.currentTarget.parentElement?.querySelector('input')?.focus();
          }}
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </search>
  );
};
