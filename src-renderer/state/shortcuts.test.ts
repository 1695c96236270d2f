import { describe, expect, it } from 'vitest';
import { type Shortcut, ShortcutRegistry } from './shortcuts.ts';

const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

const recorder = () => {
  const ran: string[] = [];
  const shortcut = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
    keys,
    label: keys,
    group: 'Test',
    run: () => ran.push(more.label ?? keys),
    ...more,
  });
  return { ran, shortcut };
};

describe('ShortcutRegistry', () => {
  it('runs a key, and leaves unknown keys to the browser', () => {
    const { ran, shortcut } = recorder();
    const registry = new ShortcutRegistry();
    registry.register(() => [shortcut('j')]);
    expect([registry.press(press('j'), 0, false), registry.press(press('x'), 0, false)]).toEqual([true, false]);
    expect(ran).toEqual(['j']);
  });

  it('runs two keys one after the other, within a second', () => {
    const { ran, shortcut } = recorder();
    const registry = new ShortcutRegistry();
    registry.register(() => [shortcut('g t'), shortcut('t')]);
    registry.press(press('g'), 0, false);
    registry.press(press('t'), 500, false);
    registry.press(press('g'), 1000, false);
    registry.press(press('t'), 2500, false);
    expect(ran).toEqual(['g t', 't']);
  });

  it('leaves typing alone, except for Mod chords and what asks for it', () => {
    const { ran, shortcut } = recorder();
    const registry = new ShortcutRegistry();
    registry.register(() => [shortcut('j'), shortcut('Mod+k'), shortcut('Escape', { inFields: true })]);
    for (const key of [press('j'), press('k', { ctrlKey: true }), press('Escape')]) registry.press(key, 0, true);
    expect(ran).toEqual(['Mod+k', 'Escape']);
  });

  it('prefers what was registered last, until it is taken away', () => {
    const { ran, shortcut } = recorder();
    const registry = new ShortcutRegistry();
    registry.register(() => [shortcut('Escape', { label: 'view' })]);
    const remove = registry.register(() => [shortcut('Escape', { label: 'dialog' })]);
    registry.press(press('Escape'), 0, false);
    remove();
    registry.press(press('Escape'), 0, false);
    expect(ran).toEqual(['dialog', 'view']);
  });

  it('does not take keys with Alt, which belong to menus and window managers', () => {
    const { ran, shortcut } = recorder();
    const registry = new ShortcutRegistry();
    registry.register(() => [shortcut('j')]);
    expect(registry.press(press('j', { altKey: true }), 0, false)).toBe(false);
    expect(ran).toEqual([]);
  });

  it('lists what the browser does by itself, and leaves it to the browser', () => {
    const registry = new ShortcutRegistry();
    registry.register(() => [{ keys: 'Enter', label: 'Open the row', group: 'Test' }]);
    expect(registry.press(press('Enter'), 0, false)).toBe(false);
    expect(registry.listed().map(({ keys }) => keys)).toEqual(['Enter']);
  });
});
