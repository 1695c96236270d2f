import { useEffect, useRef, useState } from 'react';
import { Coalescer } from '#ui/base/coalescer.ts';

/**
 * Calls `refresh` whenever `version` changes, after the first render too: one call at a time and at most about `1000 / pauseMs` a second. A new
 * `identity` (another search) calls off what is under way. `refresh` sees the latest render's state and handles its own errors.
 */
export const useRefresh = (refresh: (signal: AbortSignal) => Promise<void>, version: string, identity: string, pauseMs = 250): void => {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const [coalescer, setCoalescer] = useState<Coalescer>();
  useEffect(() => {
    const created = new Coalescer((signal) => latest.current(signal), pauseMs);
    setCoalescer(created);
    return () => created.end();
    // A new identity is a new coalescer.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [identity, pauseMs]);
  useEffect(() => coalescer?.request(version), [coalescer, version]);
};
