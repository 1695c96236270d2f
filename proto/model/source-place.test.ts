import { describe, expect, it } from 'vitest';
import { editorAddress, editors } from './editors.ts';
import { sourcePlace } from './source-place.ts';

describe('sourcePlace', () => {
  it.each([
    ['/app/main.py', '/app/main.py'],
    ['/home/ünï/a b#c?.ts', '/home/ünï/a b#c?.ts'],
    ['C:\\app\\main.cs', 'C:\\app\\main.cs'],
    ['c:/app/main.cs', 'c:/app/main.cs'],
    ['file:///app/a%20b.js', '/app/a b.js'],
    ['file:///C:/app/a.js', 'C:/app/a.js'],
    ['/app/...rest.ts', '/app/...rest.ts'],
  ])('is where %s says', (file, path) => {
    expect(sourcePlace(file, '12', '5')).toEqual({ file: path, line: 12, column: 5 });
  });

  it.each([
    'main.py',
    './main.py',
    '~/main.py',
    '//server/share/a.py',
    '\\\\server\\share\\a.py',
    '\\\\?\\C:\\a.py',
    'file://server/share/a.py',
    'file:////server/share/a.py',
    'file:///%00',
    'file:///%',
    'C:\\\\server\\a.py',
    'C:a.py',
    'C:\\a.py:stream',
    'C:\\a|b',
    'C:\\a\\..\\..\\Windows\\x.exe',
    '/app/../etc/passwd',
    '/app/..',
    '/app\\..\\x',
    '/app/\u202egnp.exe',
    '/app/a\nb.py',
    '/app/\0.py',
    '/app/\u200b.py',
    '/app/\ud800.py',
    '/app/\u2028x',
    'https://host/a.js',
    'javascript:alert(1)',
    'node:net',
    '',
    '/',
    `/${'x'.repeat(5000)}`,
  ])('is nowhere for %j', (file) => {
    expect(sourcePlace(file, '1')).toBeUndefined();
  });

  it.each([['0'], ['-1'], ['1e3'], ['99999999999'], ['12; rm'], ['']])('knows no line %j', (line) => {
    expect(sourcePlace('/a.py', line, line)).toEqual({ file: '/a.py' });
  });
});

describe('editorAddress', () => {
  it('is what each editor understands', () => {
    const place = { file: '/app/a b.py', line: 12, column: 5 };
    expect(editorAddress('vscode', place)).toBe('vscode://file/app/a%20b.py:12:5');
    expect(editorAddress('idea', place)).toBe('idea://open?file=%2Fapp%2Fa%20b.py&line=12&column=5');
    expect(editorAddress('zed', { file: 'C:\\app\\a.cs', line: 3 })).toBe('zed://file/C:/app/a.cs:3');
    expect(editorAddress('cursor', { file: '/a.py' })).toBe('cursor://file/a.py');
  });

  it('holds nothing but the place, whatever the name of the file', () => {
    const names = ['a?b=1', 'a#b', 'a&line=9', 'a%2f..%2fb', 'a"b', "a'b", '<b>', 'a+b', 'a:1:2'];
    for (const { id } of editors) {
      for (const name of names) {
        const url = new URL(editorAddress(id, { file: `/app/${name}`, line: 7 }));
        expect(url.protocol).toBe(`${id}:`);
        expect(url.hash).toBe('');
        const file = url.searchParams.get('file') ?? decodeURIComponent(url.pathname).replace(/:7$/, '');
        expect(file).toBe(`/app/${name}`);
        expect(url.searchParams.getAll('line')).toEqual(url.search === '' ? [] : ['7']);
      }
    }
  });
});
