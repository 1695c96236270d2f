import styles from './Kbd.module.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: ReadonlyMap<string, string> = new Map([
  ['Mod', isApple ? '⌘' : 'Ctrl'],
  ['Enter', '↵'],
  ['Escape', 'Esc'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['Space', 'Space'],
]);

/** Keys to press, in the notation of `state/shortcuts.ts`: `g t` is one after the other, `Mod+k` together, `Mod` being Ctrl or ⌘. */
export const Kbd = ({ keys }: { keys: string }) => (
  <span className={styles['keys']}>
    {keys.split(' ').map((chord, index) => (
      <kbd key={index} className={styles['chord']}>
        {chord
          .split('+')
          .map((key) => names.get(key) ?? key)
          .join(isApple ? '' : ' ')}
      </kbd>
    ))}
  </span>
);
