import path from 'node:path';

/** What decides where a user's application data lives. */
export interface UserPlace {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

/**
 * Where telemetry is kept unless told otherwise, by the custom of the platform (XDG Base Directory Specification on Linux). The desktop app and `serve` share it; one
 * of them at a time may write there.
 */
export function defaultDataDirectory({ platform, env, home }: UserPlace): string {
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Sidelight');
  if (platform === 'win32') return path.win32.join(env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Sidelight');
  const dataHome = env['XDG_DATA_HOME'] ?? '';
  // The specification: a relative path is invalid and is to be ignored.
  return path.posix.join(path.posix.isAbsolute(dataHome) ? dataHome : path.posix.join(home, '.local', 'share'), 'sidelight');
}
