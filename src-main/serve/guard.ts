import type { IncomingHttpHeaders } from 'node:http';
import { hasBearerToken, isSameToken } from '#main/base/bearer-token';
import { isLoopbackHost } from '#main/base/loopback-names';

/**
 * Who may talk to the loopback server. Any web page can reach a loopback port, and telemetry holds secrets, so the answer is: this machine, under a
 * loopback name (against DNS rebinding), from our own page or from a program (against other origins), with this launch's token.
 */

export interface GuardPolicy {
  token: string;
  /** The port that we listen on: part of every name that we answer to. */
  port: number;
}

export interface GuardedRequest {
  method: string;
  /** The request target as it came: path and query. */
  target: string;
  remoteAddress: string | undefined;
  headers: IncomingHttpHeaders;
}

/** `page` is the static UI, which holds no secret; its first page still asks for the token, to say in words how to get in. */
export type Area = 'api' | 'rpc' | 'page';

export type Decision =
  | { kind: 'allow'; area: Area }
  /** The token came in the address: remember it as a cookie and take it out of the address bar and the history. */
  | { kind: 'sign-in'; area: 'page'; cookie: string; location: string }
  | { kind: 'refuse'; area: Area; status: 400 | 401 | 403; message: string };

/** What a Host without a port means. */
const httpPort = 80;

const loopbackAddress = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/i;

export function decide(request: GuardedRequest, policy: GuardPolicy): Decision {
  const area = areaOf(request.target);
  const refuse = (status: 400 | 401 | 403, message: string): Decision => ({ kind: 'refuse', area, status, message });

  if (!request.target.startsWith('/')) return refuse(400, 'The request target is not a path.');
  if (request.remoteAddress === undefined || !loopbackAddress.test(request.remoteAddress))
    return refuse(403, 'Only this machine is served.');
  if (!isOurHost(request.headers.host, policy.port)) return refuse(403, 'This server answers to localhost only.');
  if (!isOurOrigin(request.headers)) return refuse(403, 'Requests from other web pages are refused.');
  if (!isFetchedByUs(request, area)) return refuse(403, 'Requests from other web pages are refused.');
  return area === 'page' ? decidePage(request, policy) : decideData(request, policy, area);
}

function decideData(request: GuardedRequest, policy: GuardPolicy, area: 'api' | 'rpc'): Decision {
  if (hasToken(request.headers, policy)) return { kind: 'allow', area };
  const message =
    "This needs the token that Sidelight printed when it started: send 'Authorization: Bearer TOKEN', or open the printed address in this browser.";
  return { kind: 'refuse', area, status: 401, message };
}

function decidePage(request: GuardedRequest, policy: GuardPolicy): Decision {
  const area = 'page';
  const url = new URL(`http://localhost${request.target.replace(/^\/+/, '/')}`);
  const offered = url.searchParams.get('token');
  if (offered !== null && request.method === 'GET') {
    if (!isSameToken(offered, policy.token))
      return {
        kind: 'refuse',
        area,
        status: 401,
        message: 'This address is of an earlier start. Open the one that Sidelight printed last.',
      };
    url.searchParams.delete('token');
    const cookie = `${cookieName(policy.port)}=${policy.token}; HttpOnly; SameSite=Strict; Path=/`;
    return { kind: 'sign-in', area, cookie, location: url.pathname.replace(/^\/+/, '/') + url.search };
  }
  // After a click on a link elsewhere the browser withholds a strict cookie: the page is given out, and finds out by itself whether it is let in.
  const mayCarryCookie = isSameOriginFetch(request.headers);
  if (asksForPage(request) && mayCarryCookie && !hasToken(request.headers, policy)) {
    return {
      kind: 'refuse',
      area,
      status: 401,
      message: 'This browser has not been let in yet. Open the address that Sidelight printed when it started.',
    };
  }
  return { kind: 'allow', area };
}

/** Cookies ignore ports: two servers on one machine would overwrite each other's under one name. */
export function cookieName(port: number): string {
  return `sidelight-${port}`;
}

function areaOf(target: string): Area {
  const [path = ''] = target.split('?', 1);
  if (path === '/api' || path.startsWith('/api/')) return 'api';
  return path === '/rpc' ? 'rpc' : 'page';
}

function isOurHost(host: string | undefined, port: number): boolean {
  return host !== undefined && isLoopbackHost(host) && Number(/:(\d+)$/.exec(host)?.[1] ?? httpPort) === port;
}

/** A browser names the origin of everything but plain reads; `null` is what a sandboxed frame or a file says. */
function isOurOrigin({ origin, host = '' }: IncomingHttpHeaders): boolean {
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** Reads without an Origin (`<script>`, `<img>`, `<iframe>`) are told apart by fetch metadata; a program sends none. A link to our page is let through. */
function isFetchedByUs({ headers }: GuardedRequest, area: Area): boolean {
  if (isSameOriginFetch(headers)) return true;
  return area === 'page' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function isSameOriginFetch(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function asksForPage({ method, headers }: GuardedRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}

/** A bearer token decides where there is one; else the cookie. */
function hasToken(headers: IncomingHttpHeaders, policy: GuardPolicy): boolean {
  if (headers.authorization !== undefined) return hasBearerToken(headers.authorization, policy.token);
  return cookiesNamed(cookieName(policy.port), headers.cookie).some((value) => isSameToken(value, policy.token));
}

function cookiesNamed(name: string, header = ''): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
