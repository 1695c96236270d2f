/** Control characters, save tab and line feed; and the bidirectional ones, which make a line read as another. */
const unsafe = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/** Text that may hold what a client sent, fit for a terminal: an escape sequence in it is seen and not obeyed. */
export function terminalText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
