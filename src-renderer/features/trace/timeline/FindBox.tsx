import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { formatCount, plural } from '#proto/text/count';
import { type FoundSpans, foundBetween, isFound } from '#ui/model/find-spans.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './FindBox.module.css';
import type { Scene } from './scene.ts';
import type { FindText } from './use-find-text.ts';

interface FindBoxProps {
  ref: Ref<HTMLInputElement>;
  text: FindText;
  scene: Scene;
  /** The span that the keyboard is on. */
  cursor: number;
  onStep: (step: 1 | -1) => void;
  /** The person is done: the keyboard goes back to the rows. */
  onLeave: () => void;
}

/** Finds spans in the trace that is open, by name, service, status message and id. Enter goes on, Shift and Enter back; Escape empties the box first and leaves it then. */
export const FindBox = ({ ref, text, scene, cursor, onStep, onLeave }: FindBoxProps) => {
  const { found } = scene;
  const isEmpty = found !== undefined && foundBetween(found, scene.scope.first, scene.scope.end) === 0;
  return (
    <search className={styles['box']}>
      <Search className={styles['icon']} size={13} aria-hidden />
      <input
        ref={ref}
        className={styles['input']}
        type="text"
        role="searchbox"
        aria-label="Find in this trace"
        aria-keyshortcuts="f Control+F"
        placeholder="Find in this trace"
        title="By name, service, status message or span id"
        value={text.typed}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => text.type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'ArrowDown') onLeave();
          else if (event.key === 'Escape' && text.typed !== '') text.type('');
          else if (event.key === 'Escape') onLeave();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className={isEmpty ? styles['none'] : styles['count']} role="status">
        {found === undefined ? '' : countText(scene, found, cursor)}
      </span>
      {text.typed === '' ? (
        <span className={styles['hint']} aria-hidden>
          <Kbd keys="f" />
        </span>
      ) : (
        <>
          <IconButton label="Previous match" shortcut="N" disabled={isEmpty} onClick={() => onStep(-1)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next match" shortcut="n" disabled={isEmpty} onClick={() => onStep(1)}>
            <ChevronDown aria-hidden />
          </IconButton>
          <IconButton
            label="Stop looking"
            onClick={() => {
              text.type('');
              onLeave();
            }}
          >
            <X aria-hidden />
          </IconButton>
        </>
      )}
    </search>
  );
};

/** Which of the matches the keyboard is on, else how many there are. */
const countText = ({ scope }: Scene, found: FoundSpans, cursor: number): string => {
  const count = foundBetween(found, scope.first, scope.end);
  if (count === 0) return scope.root === undefined ? 'nothing found' : 'nothing found here';
  if (!isFound(found, cursor)) return plural(count, 'match', 'matches');
  return `${formatCount(foundBetween(found, scope.first, cursor) + 1)} of ${formatCount(count)}`;
};
