import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetPath } from './asset-path.ts';

const root = path.join(path.sep, 'app', 'out', 'renderer');

describe('assetPath', () => {
  it.each([
    ['app://sidelight/index.html', 'index.html'],
    ['app://sidelight/assets/index-a1.js?v=1#x', 'assets/index-a1.js'],
    ['app://sidelight/a%20b.svg', 'a b.svg'],
  ])('finds %s', (address, file) => {
    expect(assetPath(root, address)).toBe(path.join(root, file));
  });

  it.each(['app://sidelight/../../etc/passwd', 'app://sidelight/%2e%2e/%2e%2e/etc/passwd', 'app://sidelight/a/.%2e/../../etc/passwd'])(
    'keeps %s inside the folder, because the parser resolves dot segments against the root',
    (address) => {
      expect(assetPath(root, address)).toBe(path.join(root, 'etc', 'passwd'));
    },
  );

  it.each([
    'app://sidelight/%2e%2e%2fetc%2fpasswd',
    'app://sidelight/..%2f..%2fetc/passwd',
    'app://sidelight/%252e%252e/%252e%252e/etc/passwd',
    'app://sidelight/%25252e%25252e%25252fetc',
    'app://sidelight/..%5c..%5cwindows',
    'app://sidelight/..\\..\\windows',
    'app://sidelight/index.html%00.png',
    'app://sidelight//etc/passwd',
    'app://sidelight/%2fetc/passwd',
    'app://sidelight/C:/windows/win.ini',
    'app://sidelight/index.html::$DATA',
    'app://sidelight/%',
    'app://sidelight/%ff',
    'app://evil/index.html',
    'app://sidelight.evil/index.html',
    'file:///etc/passwd',
    'https://sidelight/index.html',
    'not an address',
  ])('refuses %s', (address) => {
    expect(assetPath(root, address)).toBeUndefined();
  });
});
