import path from 'node:path';
import { appHost, appScheme } from './app-origin.ts';

/**
 * The file under `root` that an `app://` address names, or undefined where it names none: another host, or a path that could leave the folder when some later
 * layer decodes it once more (`..`, backslash, NUL, absolute, drive letter, encoded any number of times).
 */
export function assetPath(root: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || url.protocol !== `${appScheme}:` || url.host !== appHost) return undefined;
  const decoded = decodeOnce(url.pathname);
  if (decoded === undefined || /%(?:2e|2f|5c|00|25)/i.test(decoded)) return undefined;
  const segments = decoded.slice(1).split('/');
  if (!segments.every((segment, index) => isPlain(segment, index === segments.length - 1))) return undefined;
  return path.join(root, ...segments);
}

/** One name inside a folder; only the last segment may be empty. */
function isPlain(segment: string, isLast: boolean): boolean {
  if (segment === '') return isLast;
  return segment !== '.' && segment !== '..' && !/[\\:\0]/.test(segment);
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not a percent encoding: no file of ours has such a name.
    return undefined;
  }
}
