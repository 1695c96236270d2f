import { expect, it } from 'vitest';
import { spanFlagsText } from './span-flags.ts';

it.each([
  [0x1, '01 (sampled)'],
  [0x3, '03 (sampled, random id)'],
  [0x101, '01 (sampled), parent in the same process'],
  [0x300, '00 (not sampled), parent in another process'],
])('flags %i read %s', (flags, text) => expect(spanFlagsText(flags)).toBe(text));
