import type { ServerResponse } from 'node:http';
import { contentSecurityPolicy } from './content-security-policy.ts';

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Every answer carries these, whatever answers. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
}

/** Codes of errors that the HTTP side itself answers with; those of the methods are in the contract. */
const errorCodes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  426: 'UPGRADE_REQUIRED',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'UNAVAILABLE',
} as const;

export type ErrorStatus = keyof typeof errorCodes;

/** The one shape of errors under `/api`: oRPC's own. */
export function answerError(response: ServerResponse, status: ErrorStatus, message: string): void {
  answer(response, status, 'application/json', JSON.stringify({ defined: false, code: errorCodes[status], status, message }));
}

export function answerText(response: ServerResponse, status: ErrorStatus, message: string): void {
  answer(response, status, 'text/plain; charset=utf-8', `${message}\n`);
}

export function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  response.end(body);
}
