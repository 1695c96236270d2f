import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { answerText } from './answer.ts';

/** The built UI from `directory`: files as they are, `index.html` for every other address that a person opens, because views are URLs. */
export function createStaticUi(directory: string): (request: IncomingMessage, response: ServerResponse) => void {
  // Files are looked up on every request: a new build may take their place while we serve.
  const serve = sirv(directory, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => response.setHeader('cache-control', cacheControl(path)),
  });

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      answerText(response, 405, 'Only GET and HEAD work here.');
      return;
    }
    // Files are small, and a range that makes no sense would throw.
    delete request.headers.range;
    serve(request, response, () => {
      if (!(request.headers.accept ?? '').includes('text/html')) {
        answerText(response, 404, 'There is no such file.');
        return;
      }
      request.url = '/';
      serve(request, response, () => answerText(response, 404, 'The UI has not been built: run npm run build.'));
    });
  };
}

/** The build writes a hash of the content into the name of every asset. */
function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store';
}
