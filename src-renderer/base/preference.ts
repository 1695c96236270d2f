/**
 * A preference in localStorage. Storage may be off, full, or hold what an older version wrote: then `read` gives undefined, and writing is forgotten
 * with the window, which is all that a preference deserves.
 */
export const readPreference = (key: string): string | undefined => {
  try {
    return localStorage.getItem(`sidelight.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
};

export const writePreference = (key: string, value: string): void => {
  try {
    localStorage.setItem(`sidelight.${key}`, value);
  } catch (error) {
    console.warn(`The preference ${key} could not be kept`, error);
  }
};
