import { describe, expect, it } from 'vitest';
import { defaultDataDirectory } from './data-directory.ts';

describe('defaultDataDirectory', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/sidelight'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/sidelight'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada', '/home/ada/.local/share/sidelight'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/ada', '/Users/ada/Library/Application Support/Sidelight'],
    ['win32', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Sidelight'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Sidelight'],
  ] as const)('on %s with %j and home %s is %s', (platform, env, home, expected) => {
    expect(defaultDataDirectory({ platform, env, home })).toBe(expected);
  });
});
