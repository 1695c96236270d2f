import { expect, it } from 'vitest';
import { attributeSuccessor } from './attribute-successor.ts';

it('is the name of today for a name of yesterday', () => {
  expect(attributeSuccessor('http.method')).toBe('http.request.method');
  expect(attributeSuccessor('net.peer.name')).toBe('server.address');
  expect(attributeSuccessor('gen_ai.system')).toBe('gen_ai.provider.name');
});

it('is nothing for names that are current or unknown', () => {
  for (const key of ['http.request.method', 'server.address', 'my.key', '', '__proto__']) expect(attributeSuccessor(key)).toBeUndefined();
});
