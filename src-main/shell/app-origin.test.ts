import { describe, expect, it } from 'vitest';
import { isOwnAddress, isOwnContent, mayNavigate } from './app-origin.ts';

describe('isOwnAddress', () => {
  it.each(['app://sidelight', 'app://sidelight/', 'app://sidelight/traces/0af7651916cd43dd8448eb211c80319c?span=1#x'])(
    'takes %s',
    (address) => {
      expect(isOwnAddress(address)).toBe(true);
    },
  );

  it.each([
    'app://sidelight.evil/',
    'app://sidelight@evil/',
    'app://user@sidelight/',
    'app://sidelight:80/',
    'app://evil/sidelight',
    'apps://sidelight/',
    'https://sidelight/',
    'file:///app://sidelight/',
    'javascript:alert(1)//app://sidelight',
    'data:text/html,app://sidelight',
    'about:blank',
    '',
    'sidelight',
  ])('refuses %s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

describe('mayNavigate', () => {
  it('keeps the window on its page and the page free of frames', () => {
    expect(mayNavigate('app://sidelight/logs', true)).toBe(true);
    expect(mayNavigate('app://sidelight/logs', false)).toBe(false);
    expect(mayNavigate('https://example.com/', true)).toBe(false);
    expect(mayNavigate('file:///home/me/dropped.html', true)).toBe(false);
  });
});

describe('isOwnContent', () => {
  it('is what a page of ours has made', () => {
    expect(isOwnContent('blob:app://sidelight/0f8fad5b-d9cb-469f-a165-70867728950e')).toBe(true);
  });

  it.each(['app://sidelight/x', 'blob:https://example.com/0f8fad5b', 'blob:app://sidelight.evil/x', 'blob:null/x', 'data:text/html,x'])(
    'is not %s',
    (address) => {
      expect(isOwnContent(address)).toBe(false);
    },
  );
});
