import type { AnyValue, KeyValue } from '../model/any-value.ts';
import { displayValue } from '../model/display-value.ts';
import { findAttribute } from '../model/semantic-conventions.ts';
import { maskAttribute, maskSecrets } from './mask-secrets.ts';

/** The request of an HTTP span, to be made again. */
export interface CurlCommand {
  /** For a POSIX shell, in lines. */
  command: string;
  /** With what looks like a secret masked: what may be shown and passed on. The same as `command` where nothing does. */
  masked: string;
  /** The method mostly comes with a body, which spans do not record. */
  lacksBody: boolean;
}

/** More are no headers of a request that anybody made. */
const maxHeaders = 100;
const maxLength = 8000;

/** What curl writes itself, by the connection that it makes. */
const ownHeaders = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/** Undefined for a span that is no HTTP request, or of which the address is not known. */
export function curlCommand(attributes: readonly KeyValue[]): CurlCommand | undefined {
  const method = methodOf(attributes);
  const url = urlOf(attributes);
  if (method === undefined || url === undefined || url.length > maxLength) return undefined;
  const headers = headersOf(attributes);
  return {
    command: write(method, url, headers),
    masked: write(
      method,
      maskSecrets(url),
      headers.map(([name, value]) => [name, maskAttribute(name, value)]),
    ),
    lacksBody: /^(?:POST|PUT|PATCH)$/.test(method),
  };
}

type Header = readonly [name: string, value: string];

function write(method: string, url: string, headers: readonly Header[]): string {
  const how = method === 'GET' ? '' : method === 'HEAD' ? ' --head' : ` -X ${method}`;
  // Brackets and braces are ranges for curl unless it is told otherwise.
  const start = `curl${how}${/[[\]{}]/.test(url) ? ' --globoff' : ''} ${quoted(url)}`;
  return [start, ...headers.map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`)].join(' \\\n');
}

/** Nothing has a meaning inside of single quotes but a single quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function methodOf(attributes: readonly KeyValue[]): string | undefined {
  const named = textOf(attributes, 'http.request.method');
  const method = named === '_OTHER' ? textOf(attributes, 'http.request.method_original') : named;
  return /^[A-Za-z]{1,20}$/.test(method) ? method.toUpperCase() : undefined;
}

/** The whole address, or one made of its parts, as servers record it. */
function urlOf(attributes: readonly KeyValue[]): string | undefined {
  const whole = textOf(attributes, 'url.full');
  const url = whole === '' ? fromParts(attributes) : whole;
  return /^https?:\/\/[^/?#\s]/i.test(url) ? plainUrl(url) : undefined;
}

function fromParts(attributes: readonly KeyValue[]): string {
  const host = textOf(attributes, 'server.address') || textOf(attributes, 'http.host');
  const path = textOf(attributes, 'url.path');
  if (host === '' || path === '') return '';
  const scheme = textOf(attributes, 'url.scheme') || 'http';
  const port = textOf(attributes, 'server.port');
  const isUsual = port === '' || port === (scheme === 'https' ? '443' : '80') || /:\d+$/.test(host);
  const query = textOf(attributes, 'url.query').replace(/^\?/, '');
  const address = host.includes(':') && !/^\[|^[^:]*:\d+$/.test(host) ? `[${host}]` : host;
  return `${scheme}://${address}${isUsual ? '' : `:${port}`}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`;
}

/** Spaces and what cannot be seen are written as bytes: neither may move the end of the address, nor hide a part of it. */
const plainUrl = (url: string): string => url.toWellFormed().replaceAll(/[\s\p{C}\p{Z}]/gu, encodeURIComponent);

/** `http.request.header.NAME`, of which older senders wrote dashes as underscores. A header with a character that cannot be sent is left out. */
function headersOf(attributes: readonly KeyValue[]): Header[] {
  const headers: Header[] = [];
  for (const { key, value } of attributes) {
    const name = /^http\.request\.header\.([A-Za-z0-9_-]{1,100})$/.exec(key)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (name === undefined || ownHeaders.has(name)) continue;
    for (const text of headerValues(value)) if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text) && text.length <= maxLength) headers.push([name, text]);
    if (headers.length >= maxHeaders) break;
  }
  const agent = textOf(attributes, 'user_agent.original');
  const isNew = !headers.some(([name]) => name === 'user-agent');
  return isNew && agent !== '' && agent.length <= 500 && !/\p{C}/u.test(agent) ? [...headers, ['user-agent', agent]] : headers;
}

const headerValues = (value: AnyValue): string[] =>
  'arrayValue' in value ? value.arrayValue.values.slice(0, maxHeaders).map(displayValue) : [displayValue(value)];

function textOf(attributes: readonly KeyValue[], key: string): string {
  const value = findAttribute(attributes, key);
  return value === undefined ? '' : displayValue(value);
}
