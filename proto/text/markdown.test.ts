import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan } from './markdown.ts';

describe('codeSpan', () => {
  it('is one line', () => expect(codeSpan('a\n\n# b', 100)).toBe('`a # b`'));
  it('cannot be ended by its text', () => {
    expect(codeSpan('a`b', 100)).toBe('``a`b``');
    expect(codeSpan('``', 100)).toBe('``` `` ```');
    expect(codeSpan('` ``` x', 100)).toBe('```` ` ``` x ````');
  });
  it('hides nothing and is never empty', () => {
    expect(codeSpan('a\u202eb', 100)).toBe('`a⟨RLO⟩b`');
    expect(codeSpan(' ', 100)).toBe('`""`');
  });
  it('is cut', () => expect(codeSpan('x'.repeat(1000), 5)).toBe('`xxxxx…`'));
});

describe('codeBlock', () => {
  it('keeps lines, and cannot be ended by them', () => {
    expect(codeBlock('a\n```\n</pre>')).toBe('````text\na\n```\n</pre>\n````');
    expect(codeBlock('a\nb')).toBe('```text\na\nb\n```');
  });
  it('hides nothing', () => expect(codeBlock('\u001b[2Jx')).toBe('```text\n⟨ESC[2J⟩x\n```'));
});
