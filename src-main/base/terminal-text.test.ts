import { describe, expect, it } from 'vitest';
import { terminalText } from './terminal-text.ts';

describe('terminalText', () => {
  it.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u001b]52;c;ZXZpbA==\u0007', '\\u001b]52;c;ZXZpbA==\\u0007'],
    ['\u009b2J', '\\u009b2J'],
    ['done\roops', 'done\\u000doops'],
    ['a\u0000b\u007f', 'a\\u0000b\\u007f'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
  ])('shows the escape in %j', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('leaves text, tabs, lines and every script alone', () => {
    const text = 'one\ttwo\nGrüße 你好 שלום 🎉';
    expect(terminalText(text)).toBe(text);
  });
});
