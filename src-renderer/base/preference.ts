/**
 * A preference in localStorage. Storage may be off, full, or hold what an older version wrote: then reading gives undefined, and writing gives false and
 * lasts as long as the window, which is all that a preference deserves.
 */
export const readPreference = (key: string): string | undefined => {
  try {
    return localStorage.getItem(`sidelight.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
};

export const writePreference = (key: string, value: string): boolean => {
  try {
    localStorage.setItem(`sidelight.${key}`, value);
    return true;
  } catch {
    return false;
  }
};
