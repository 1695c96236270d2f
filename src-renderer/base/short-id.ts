/** The first eight digits of a trace or span id: enough to tell neighbours apart; the whole id belongs in a title or behind a copy button. */
export const shortId = (id: string): string => id.slice(0, 8);
