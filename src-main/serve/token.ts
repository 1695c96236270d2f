import { randomBytes } from 'node:crypto';

/** 192 bits, new with every start. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}
