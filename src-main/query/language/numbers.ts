/** The number that a text is as a whole; `undefined` where it is none, or none that ends. */
export function numberOf(text: string): number | undefined {
  const number = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
