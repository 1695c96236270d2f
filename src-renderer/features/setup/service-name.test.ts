import { expect, it } from 'vitest';
import { serviceName } from './service-name.ts';

it.each([
  ['shop/api_v2.1', 'shop/api_v2.1'],
  ['Bücher 商店', 'Bücher-商店'],
  [`a"; rm -rf $HOME '`, 'a---rm--rf--HOME--'],
  ['x'.repeat(500), 'x'.repeat(100)],
])('%j becomes %j', (typed, name) => expect(serviceName(typed)).toBe(name));
