import { describe, expect, it } from 'vitest';
import { appOrigin, isOfOrigin, mayNavigate } from './app-origin.ts';

describe('isOfOrigin', () => {
  it.each(['app://sidelight', 'app://sidelight/', 'app://sidelight/traces/0af7651916cd43dd8448eb211c80319c?span=1#x'])(
    'takes %s',
    (address) => {
      expect(isOfOrigin(address, appOrigin)).toBe(true);
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
    expect(isOfOrigin(address, appOrigin)).toBe(false);
  });

  it('tells ports of a development server apart', () => {
    expect(isOfOrigin('http://localhost:5173/logs', 'http://localhost:5173')).toBe(true);
    expect(isOfOrigin('http://localhost:4318/logs', 'http://localhost:5173')).toBe(false);
  });
});

describe('mayNavigate', () => {
  it('keeps the window on its page and the page free of frames', () => {
    expect(mayNavigate('app://sidelight/logs', true, appOrigin)).toBe(true);
    expect(mayNavigate('app://sidelight/logs', false, appOrigin)).toBe(false);
    expect(mayNavigate('https://example.com/', true, appOrigin)).toBe(false);
    expect(mayNavigate('file:///home/me/dropped.html', true, appOrigin)).toBe(false);
  });
});
