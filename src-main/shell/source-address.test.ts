import { expect, it } from 'vitest';
import { sourceAddress } from './source-address.ts';

it('opens a plain path in an editor that is known', () => {
  expect(sourceAddress({ editor: 'vscode', place: { file: '/app/a.py', line: 3 } })).toBe('vscode://file/app/a.py:3');
});

const place = { file: '/app/a.py' };

it.each([
  undefined,
  null,
  'vscode://file/app/a.py',
  { editor: 'file', place },
  { editor: 'javascript', place },
  { editor: 'vscode://x?', place },
  { editor: ['vscode'], place },
  { editor: '__proto__', place },
  { editor: 'vscode', place: '/app/a.py' },
  { editor: 'vscode', place: { file: 'a.py' } },
  { editor: 'vscode', place: { file: '\\\\server\\share\\a.py' } },
  { editor: 'vscode', place: { file: '//server/share/a.py' } },
  { editor: 'vscode', place: { file: '/a\n.py' } },
  { editor: 'vscode', place: { file: ['/a.py'] } },
  { editor: 'vscode', place: { file: '/a.py', line: '1:1?x=1' } },
  { editor: 'vscode', place: { file: '/a.py', line: 1.5 } },
  { editor: 'vscode', place: { file: '/a.py', line: -1 } },
  { editor: 'vscode', place: { file: '/a.py', line: Infinity } },
  { editor: 'vscode', place, address: 'file:///etc/passwd' },
])('opens nothing for %j', (request) => {
  expect(sourceAddress(request)).toBeUndefined();
});
