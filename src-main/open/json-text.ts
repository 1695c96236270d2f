/** Some editors on Windows begin a file with a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Why a text is not JSON, in the parser's words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : '';
}
