import { z } from 'zod';

/**
 * A place in a source file that an editor may be asked to open. Where it comes from (a stack trace, `code.file.path`) anybody may have written it, so it has to be plainly what it
 * looks like: an absolute path on this machine, without steps upwards and without a character that cannot be seen.
 */
export const SourcePlace = z.object({
  file: z.string().max(1024).refine(isPlainPath),
  line: z.int().min(1).max(10_000_000).optional(),
  column: z.int().min(1).max(1_000_000).optional(),
});
export type SourcePlace = z.infer<typeof SourcePlace>;

/** A place as telemetry names it; undefined where it cannot be opened: a relative path, a server's, one of an archive or of a URL other than `file:`. */
export function sourcePlace(file: string, line?: string, column?: string): SourcePlace | undefined {
  if (file.length > 4096) return undefined;
  const read = SourcePlace.safeParse({ file: fromFileUrl(file), ...numbered('line', line), ...numbered('column', column) });
  return read.success ? read.data : undefined;
}

/** Zero and less mean that nobody knows. */
function numbered(name: 'line' | 'column', text = ''): Partial<SourcePlace> {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return number > 0 ? { [name]: number } : {};
}

function fromFileUrl(file: string): string {
  if (!/^file:\/\/\//i.test(file)) return file;
  try {
    const path = decodeURIComponent(file.slice('file://'.length));
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  } catch {
    return '';
  }
}

/** `/app/main.py` or `C:\app\main.py`; not `//server/share`, nor `\\?\C:\…`. Streams (`main.py:hidden`) and everything else that Windows forbids in names is out as well. */
function isPlainPath(file: string): boolean {
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(file)) return false;
  const isWindows = /^[A-Za-z]:[\\/](?![\\/])[^<>:"|?*]+$/.test(file);
  const isPosix = /^\/(?!\/)[^\\]+$/.test(file);
  return (isWindows || isPosix) && !file.split(/[\\/]/).includes('..');
}
