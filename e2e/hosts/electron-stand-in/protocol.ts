import type { Request as BrowserRequest, Route } from '@playwright/test';
import { standInApp } from './app.ts';
import { fromChromium } from './address.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(): void {
    standInApp.onlyBeforeReady('registerSchemesAsPrivileged');
  },
  handle(scheme: string, handler: Handler): void {
    standInApp.browserAfterReady('protocol.handle');
    handlers.set(scheme, handler);
  },
};

/** What the registered handler answers, or undefined where no scheme is registered for the address. */
export function answerFor(address: string, init: RequestInit = {}): Promise<Response> | undefined {
  const handler = handlers.get(new URL(address).protocol.slice(0, -1));
  return handler === undefined ? undefined : Promise.resolve(handler(new Request(address, init)));
}

/** Answers a request of the page by the handler of its scheme. Anything else has nowhere to go: the page is offline but for `app://`. */
export async function fulfil(route: Route, request: BrowserRequest): Promise<void> {
  const body = request.postDataBuffer();
  const answer = await answerFor(fromChromium(request.url()), {
    method: request.method(),
    headers: await request.allHeaders(),
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
  if (answer === undefined) return route.abort('blockedbyclient');
  return route.fulfill({
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  });
}
