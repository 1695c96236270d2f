/**
 * Text from outside, made safe to look at. A log line may carry terminal commands (clear the screen, write the clipboard, hide a link), characters that
 * reorder what a person reads, or characters that cannot be seen. None of it may act, and none of it may vanish: each becomes a visible mark.
 * The colours of a terminal (`ESC [ … m`) are the exception: they carry nothing to read and are left out.
 */
export type InertPart =
  | { kind: 'text'; text: string }
  /** `label` stands in the text, for `count` of the same in a row; `meaning` explains it on hover. */
  | { kind: 'mark'; label: string; meaning: string; count: number };

/** More marks than this are written into the text as symbols, so that a megabyte of NULs does not become a million elements. */
const maxMarks = 400;

const terminalColour = String.raw`(?:\u001b\[|\u009b)[0-9;:]{0,64}m`;
const terminalCommand = String.raw`(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]`;
const control = String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f]`;
const direction = String.raw`[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]`;
const invisible = String.raw`[\u00ad\u180e\u200b\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]`;
// Joiners belong to emoji and to scripts that need them; beside Latin letters they only hide.
const joiner = String.raw`(?<=[\x21-\x7e])[\u200c\u200d]|[\u200c\u200d](?=[\x21-\x7e])`;
const loneSurrogate = String.raw`[\ud800-\udfff]`;

const special = new RegExp(
  `(?<colour>${terminalColour})|(?<command>${terminalCommand})|(?<run>\\r\\n|(?:${control}|${direction}|${invisible}|${joiner}|${loneSurrogate}))`,
  'gu',
);

/** Most text, for which all the rest is not needed. */
const plain = /^[\t\n -~]*$/;

const names = new Map<number, readonly [label: string, meaning: string]>([
  [0x00, ['NUL', 'Null character']],
  [0x07, ['BEL', 'Bell']],
  [0x08, ['BS', 'Backspace']],
  [0x0b, ['VT', 'Vertical tab']],
  [0x0c, ['FF', 'Form feed']],
  [0x0d, ['CR', 'Carriage return: a terminal would write over the line']],
  [0x1b, ['ESC', 'Escape: starts a terminal command']],
  [0x7f, ['DEL', 'Delete']],
  [0x90, ['DCS', 'Starts a terminal command']],
  [0x9b, ['CSI', 'Starts a terminal command']],
  [0x9c, ['ST', 'Ends a terminal command']],
  [0x9d, ['OSC', 'Starts a terminal command']],
  [0xad, ['SHY', 'Soft hyphen']],
  [0x61c, ['ALM', 'Arabic letter mark']],
  [0x200b, ['ZWSP', 'Zero-width space']],
  [0x200c, ['ZWNJ', 'Zero-width non-joiner']],
  [0x200d, ['ZWJ', 'Zero-width joiner']],
  [0x200e, ['LRM', 'Left-to-right mark']],
  [0x200f, ['RLM', 'Right-to-left mark']],
  [0x2028, ['LS', 'Line separator']],
  [0x2029, ['PS', 'Paragraph separator']],
  [0x202a, ['LRE', 'Left-to-right embedding: changes the order in which text is shown']],
  [0x202b, ['RLE', 'Right-to-left embedding: changes the order in which text is shown']],
  [0x202c, ['PDF', 'Pop directional formatting']],
  [0x202d, ['LRO', 'Left-to-right override: changes the order in which text is shown']],
  [0x202e, ['RLO', 'Right-to-left override: changes the order in which text is shown']],
  [0x2060, ['WJ', 'Word joiner']],
  [0x2066, ['LRI', 'Left-to-right isolate: changes the order in which text is shown']],
  [0x2067, ['RLI', 'Right-to-left isolate: changes the order in which text is shown']],
  [0x2068, ['FSI', 'First strong isolate: changes the order in which text is shown']],
  [0x2069, ['PDI', 'Pop directional isolate']],
  [0xfeff, ['BOM', 'Byte order mark']],
]);

/** The parts of `text` in order. Line feeds and tabs stay, CR LF is a line feed, terminal colours are gone, everything else that cannot be seen is a mark. */
export function inertParts(text: string): InertPart[] {
  if (plain.test(text)) return text === '' ? [] : [{ kind: 'text', text }];
  const parts: InertPart[] = [];
  let pending = '';
  let end = 0;
  let marks = 0;
  for (const match of text.matchAll(special)) {
    pending += text.slice(end, match.index);
    end = match.index + match[0].length;
    const mark = markOf(match);
    if (typeof mark === 'string') {
      pending += mark;
    } else {
      const before = pending === '' ? parts.at(-1) : undefined;
      if (before?.kind === 'mark' && before.label === mark.label) {
        before.count += 1;
      } else if (++marks > maxMarks) {
        pending += `⟨${mark.label}⟩`;
      } else {
        if (pending !== '') parts.push({ kind: 'text', text: pending });
        pending = '';
        parts.push({ kind: 'mark', ...mark, count: 1 });
      }
    }
  }
  pending += text.slice(end);
  if (pending !== '') parts.push({ kind: 'text', text: pending });
  return parts;
}

/** The same as one string, for titles, accessible names and places without elements: marks are written `⟨RLO⟩`. */
export function inertText(text: string): string {
  return inertParts(text)
    .map((part) => (part.kind === 'text' ? part.text : `⟨${part.count === 1 ? part.label : `${part.label} × ${part.count}`}⟩`))
    .join('');
}

/** What stands in the place of a special character: text, or a mark. */
function markOf({ groups }: RegExpExecArray): string | { label: string; meaning: string } {
  if (groups?.['colour'] !== undefined) return '';
  const command = groups?.['command'];
  if (command !== undefined) {
    return { label: `ESC[${command.slice(command.startsWith('\u001b') ? 2 : 1)}`, meaning: 'A terminal command' };
  }
  const found = groups?.['run'] ?? '';
  if (found === '\r\n') return '\n';
  const codePoint = found.codePointAt(0) ?? 0;
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const [label, meaning] = names.get(codePoint) ?? [code, 'A character that cannot be seen'];
  return { label, meaning: label === code ? meaning : `${meaning} (${code})` };
}
