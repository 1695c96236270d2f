/**
 * Keys, in one registry, so that the help sheet lists what really works. Notation: `j`; `?`; `Mod+k` (Ctrl, or ⌘ on Apple); `g t` (one after the
 * other); names as in `KeyboardEvent.key` (`Enter`, `Escape`, `ArrowDown`).
 */
export interface Shortcut {
  keys: string;
  label: string;
  /** The heading it is listed under. */
  group: string;
  /** Absent where the browser does it by itself, as Enter on a link: then it is only listed. */
  run?: () => void;
  /** Works while a text field has the focus too; chords with Mod always do. */
  inFields?: boolean;
  /** Not on the help sheet: a second key for something that is listed. */
  unlisted?: boolean;
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');
const sequenceMs = 1000;

/** What of a key event decides which shortcut it is. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The notation of a key press, or undefined where modifiers are held that no shortcut uses. Shift is in the key already: `?`, `G`. */
export const chordOf = ({ key, ctrlKey, metaKey, altKey }: KeyPress): string | undefined => {
  if (altKey || (isApple ? ctrlKey : metaKey)) return undefined;
  const isMod = isApple ? metaKey : ctrlKey;
  if (isMod) return `Mod+${key.toLowerCase()}`;
  return key === ' ' ? 'Space' : key;
};

/** The latest registered shortcut wins: a view over another one, a dialog over a view. */
export class ShortcutRegistry {
  #sources: (() => readonly Shortcut[])[] = [];
  #prefix: { chord: string; untilMs: number } | undefined;

  /** A view's shortcuts, asked for at every key press, so that they always see its latest state. Returns what takes them away again. */
  register(source: () => readonly Shortcut[]): () => void {
    this.#sources.push(source);
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  listed(): Shortcut[] {
    return this.#all().filter((shortcut) => shortcut.unlisted !== true);
  }

  /** Runs the shortcut of a key press. Says whether the key was used, be it as the first of two. */
  press(press: KeyPress, nowMs: number, isInField: boolean): boolean {
    const chord = chordOf(press);
    if (chord === undefined || chord === 'Shift') return false;
    const prefix = this.#prefix !== undefined && nowMs < this.#prefix.untilMs ? this.#prefix.chord : undefined;
    this.#prefix = undefined;
    const usable = this.#all()
      .filter((shortcut) => shortcut.run !== undefined)
      .filter((shortcut) => !isInField || shortcut.inFields === true || shortcut.keys.startsWith('Mod+'));
    const found = usable.findLast(({ keys }) => keys === (prefix === undefined ? chord : `${prefix} ${chord}`));
    if (found !== undefined) {
      found.run?.();
      return true;
    }
    if (prefix !== undefined || !usable.some(({ keys }) => keys.startsWith(`${chord} `))) return false;
    this.#prefix = { chord, untilMs: nowMs + sequenceMs };
    return true;
  }

  #all(): Shortcut[] {
    return this.#sources.flatMap((source) => source());
  }
}

export const shortcutRegistry = new ShortcutRegistry();
