import { describe, expect, it } from 'vitest';
import { externalUrl } from './external-url.ts';

describe('externalUrl', () => {
  it.each([
    ['https://opentelemetry.io/docs/', 'https://opentelemetry.io/docs/'],
    ['http://127.0.0.1:4319/?token=abc', 'http://127.0.0.1:4319/?token=abc'],
    ['HTTPS://Example.COM', 'https://example.com/'],
  ])('passes %s', (address, expected) => {
    expect(externalUrl(address)).toBe(expected);
  });

  it.each([
    'file:///etc/passwd',
    'smb://host/share',
    'javascript:alert(1)',
    'ms-msdt:/id PCWDiagnostic',
    'vbscript:x',
    'data:text/html,x',
    'app://sidelight/',
    '\\\\host\\share',
    'https:\\\\host\\share',
    'https://user@evil.example/',
    'https://user:password@evil.example/',
    'https://example.com/\r\nX-Header: 1',
    'https://example.com/\u0000',
    ' https://example.com/',
    'https://',
    'example.com',
    '',
  ])('refuses %j', (address) => {
    expect(externalUrl(address)).toBeUndefined();
  });
});
