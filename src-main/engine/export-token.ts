import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newToken } from '#main/base/bearer-token';

const shape = /^[\w-]{32,256}$/;

/**
 * The token that exports from beyond loopback need. It is kept in the data directory, because it stands in compose files that outlive this process; and it is not the one that
 * lets a browser in, because whoever may send is not to read.
 */
export async function exportToken(dataDirectory: string): Promise<string> {
  const file = path.join(dataDirectory, 'export-token');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (shape.test(kept)) return kept;
  const token = newToken();
  await writeFile(file, token, { mode: 0o600 });
  return token;
}
