const needed = { major: 22, minor: 12 };

/** What to say where this Node is too old, `undefined` where it is not. Asked before the store is loaded: better-sqlite3 crashes old ones instead of saying so. */
export function nodeVersionProblem(nodeVersion: string): string | undefined {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major > needed.major || (major === needed.major && minor >= needed.minor)) return undefined;
  return `Sidelight needs Node ${needed.major}.${needed.minor} or newer, and this is Node ${nodeVersion}. Start it through npm (npm start, npm run serve), which brings its own, or install a newer one from https://nodejs.org.`;
}
