import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '#main/serve/content-security-policy';
import { appScheme } from './app-origin.ts';
import { assetPath } from './asset-path.ts';

/** Every kind of file that the renderer build emits; anything else is sent as bytes that no browser interprets. */
const contentTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
]);

/** Before the app is ready: the scheme gets an origin of its own and counts as secure. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page from `root`. Every state of the page is a path, so a document that is no file is the page itself. */
export function serveApp(root: string): void {
  protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? assetPath(root, request.url) : undefined;
    if (file === undefined) return notFound();
    return (
      (await answerWithFile(file)) ??
      (wantsDocument(request, file) ? await answerWithFile(path.join(root, 'index.html')) : undefined) ??
      notFound()
    );
  });
}

async function answerWithFile(file: string): Promise<Response | undefined> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  return answer(200, contentTypes.get(path.extname(file)) ?? 'application/octet-stream', new Uint8Array(content));
}

/** A document is asked for by a window, as `text/html`; what a script fetches is a file or nothing. */
function wantsDocument(request: Request, file: string): boolean {
  const accepted = request.headers.get('accept') ?? 'text/html';
  return path.extname(file) === '' && accepted.includes('text/html');
}

function notFound(): Response {
  return answer(404, 'text/plain; charset=utf-8', 'Not found');
}

function answer(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  });
}
