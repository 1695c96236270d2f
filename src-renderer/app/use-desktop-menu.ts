import { useEffect } from 'react';
import { router } from './router.tsx';

/** The desktop's menu shows a view by a message of this very window, which the preload posts. A browser tab has no such menu. */
export const useDesktopMenu = (): void => {
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
      const path = source === window ? wantedPath(data) : undefined;
      if (path !== undefined) router.history.push(path);
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, []);
};

/** A path of our own, never an address with a host. */
const wantedPath = (data: unknown): string | undefined => {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'sidelight:go') return undefined;
  return 'path' in data && typeof data.path === 'string' && /^\/(?!\/)/.test(data.path) ? data.path : undefined;
};
