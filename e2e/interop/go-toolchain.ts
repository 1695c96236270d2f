import { missingTool, toolVersion } from './install.ts';

/** What the participants written in Go have in common. */

/** Modules are taken as pinned; no other toolchain is downloaded, and no repository is asked for its state. */
export const goEnvironment = { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -buildvcs=false' };

/** OpenTelemetry's modules for Go ask for the two newest releases. */
const oldestMinor = 26;

export function missingGo(): string | undefined {
  const missing = missingTool(['go', 'version'], 'Go');
  if (missing !== undefined) return missing;
  return Number(/^1\.(\d+)/.exec(goVersion())?.[1]) >= oldestMinor ? undefined : `Go ${goVersion()} is older than 1.${oldestMinor}`;
}

export function goVersion(): string {
  return toolVersion(['go', 'version'], /go([\d.]+)/);
}

/** A module's version in a built program. */
export function builtWith(program: string, module: string): string {
  return toolVersion(['go', 'version', '-m', program], new RegExp(`\\s${module}\\s+v(\\S+)`));
}
