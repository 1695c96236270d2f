/**
 * The part of an address behind the `?`, as plain text that a person can read, write and share: `?q=status:error`. Every value is a string; each
 * view's schema makes of it what it needs. Values that say nothing (empty, undefined, false) are left out.
 */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export const stringifySearch = (search: Record<string, unknown>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const isPlain = typeof value === 'string' || typeof value === 'number' || value === true;
    if (isPlain && value !== '') parameters.set(name, String(value));
  }
  // What a query is made of stays readable; RFC 3986 allows these characters in a query.
  const text = parameters.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
};
