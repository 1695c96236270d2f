import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 bits, of characters that need no escaping anywhere. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether an `Authorization` header carries `token` (RFC 6750, section 2.1). */
export function hasBearerToken(authorization: string | undefined, token: string): boolean {
  const offered = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  return offered !== undefined && isSameToken(offered, token);
}

/** In constant time, whatever is offered: equal-length digests are compared, not the tokens. */
export function isSameToken(offered: string, token: string): boolean {
  return timingSafeEqual(digest(offered), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
