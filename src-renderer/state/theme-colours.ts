import { useEffect, useState } from 'react';

/**
 * Counts changes of the colours on screen: of the chosen theme, and of the system's. A canvas, which does not follow stylesheets, reads its colours again
 * and redraws when it changes.
 */
export const useColourVersion = (): number => {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const changed = (): void => setVersion((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', changed);
    const chosen = new MutationObserver(changed);
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      system.removeEventListener('change', changed);
      chosen.disconnect();
    };
  }, []);
  return version;
};
