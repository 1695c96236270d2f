import { describe, expect, it } from 'vitest';
import { inertParts, inertText } from './inert-text.ts';

const nothingActs = new RegExp(String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]`, 'u');

describe('inertText', () => {
  it('leaves ordinary text alone, in every script', () => {
    for (const text of ['', 'plain', 'two\nlines\twith tab', 'größer 東京 مرحبا שלום', 'family 👩‍👩‍👧 flag 🇩🇪 heart ❤️', 'می‌خواهم']) {
      expect(inertText(text)).toBe(text);
    }
  });

  it('drops terminal colours', () => {
    expect(inertText('\u001b[32mINFO\u001b[39m: \u001b[1;38;5;208mready\u001b[0m \u009b31mred')).toBe('INFO: ready red');
  });

  it('shows every other terminal command instead of obeying it', () => {
    expect(inertText('a\u001b[2Jb\u001b[1;1Hc')).toBe('a⟨ESC[2J⟩b⟨ESC[1;1H⟩c');
    expect(inertText('\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\')).toBe(
      '⟨ESC⟩]8;;https://evil.example⟨ESC⟩\\click⟨ESC⟩]8;;⟨ESC⟩\\',
    );
    expect(inertText('\u001b]52;c;cm0gLXJm\u0007')).toBe('⟨ESC⟩]52;c;cm0gLXJm⟨BEL⟩');
    expect(inertText('\u009d52;c;x\u009c')).toBe('⟨OSC⟩52;c;x⟨ST⟩');
    expect(inertText('cut off \u001b[')).toBe('cut off ⟨ESC⟩[');
  });

  it('marks what reorders or hides', () => {
    expect(inertText('user\u202egnp.exe')).toBe('user⟨RLO⟩gnp.exe');
    expect(inertText('ad\u200bmin a\u200db \ufeff')).toBe('ad⟨ZWSP⟩min a⟨ZWJ⟩b ⟨BOM⟩');
    expect(inertText('a\0\0\0')).toBe('a⟨NUL × 3⟩');
    expect(inertText('x\u{e0041}y')).toBe('x⟨U+E0041⟩y');
    expect(inertText('half \ud800 a pair')).toBe('half ⟨U+D800⟩ a pair');
  });

  it('reads CR LF as a line end and shows a lone CR', () => {
    expect(inertText('a\r\nb\rc\0d')).toBe('a\nb⟨CR⟩c⟨NUL⟩d');
  });
});

describe('inertParts', () => {
  it('separates marks from text and explains them', () => {
    expect(inertParts('a\u202eb')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'mark', label: 'RLO', meaning: 'Right-to-left override: changes the order in which text is shown (U+202E)', count: 1 },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('counts the same mark in a row', () => {
    const parts = inertParts(`a${'\0'.repeat(5000)}\0b\0`);
    expect(parts.map((part) => (part.kind === 'text' ? part.text : part.count))).toEqual(['a', 5001, 'b', 1]);
  });

  it('stays small for a megabyte of controls', () => {
    const parts = inertParts('\0\u202e'.repeat(500_000));
    expect(parts.length).toBeLessThan(1000);
    expect(parts.every((part) => !nothingActs.test(part.kind === 'text' ? part.text : part.label))).toBe(true);
  });
});
