import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const external = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('placeWindow', () => {
  it('lets the system centre the first window', () => {
    expect(placeWindow(undefined, [laptop])).toEqual({ width: 1280, height: 800 });
  });

  it('restores a place on any display', () => {
    const bounds = { x: 1600, y: 100, width: 1800, height: 1200 };
    expect(placeWindow(bounds, [laptop, external])).toEqual(bounds);
  });

  it('forgets a place on a display that is gone, and fits the size to what is there', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1800, height: 1200 }, [laptop])).toEqual({ width: 1440, height: 875 });
  });

  it.each([
    ['under the menu bar', { x: 10, y: 0, width: 900, height: 600 }],
    ['below the bottom', { x: 10, y: 890, width: 900, height: 600 }],
    ['all but out to the left', { x: -850, y: 100, width: 900, height: 600 }],
  ])('does not put the title bar %s', (_where, bounds) => {
    expect(placeWindow(bounds, [laptop])).toEqual({ width: 900, height: 600 });
  });

  it('keeps a window usable that was left as a sliver', () => {
    expect(placeWindow({ x: 10, y: 40, width: 130, height: 40 }, [laptop])).toEqual({ x: 10, y: 40, width: 720, height: 480 });
  });

  it('opens without a display', () => {
    expect(placeWindow({ x: 10, y: 40, width: 900, height: 600 }, [])).toEqual({ width: 900, height: 600 });
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sidelight-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('comes back as it was written', () => {
    const file = path.join(folder, 'window.json');
    const state = { bounds: { x: 1, y: 2, width: 900, height: 600 }, maximised: true, theme: 'dark' as const };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"bounds":{"x":"1","y":2,"width":9,"height":9},"maximised":1,"theme":"__proto__"}',
    '{"bounds":{"x":1e400}}',
  ])('falls back when it holds %s', (content) => {
    const file = path.join(folder, 'window.json');
    writeFileSync(file, content);
    expect(readWindowState(file)).toEqual({ bounds: undefined, maximised: false, theme: 'system' });
  });

  it('keeps what is sound of a damaged one', () => {
    const file = path.join(folder, 'window.json');
    writeFileSync(file, '{"bounds":{"x":0,"y":0,"width":-1,"height":9},"maximised":true,"theme":"light"}');
    expect(readWindowState(file)).toEqual({ bounds: undefined, maximised: true, theme: 'light' });
  });
});
