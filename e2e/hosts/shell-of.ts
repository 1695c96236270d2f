import type { Host } from './host.ts';
import type { StandInControl } from './stand-in-control.ts';

/** What a spec can do to the shell of a host; throws on hosts that show nothing of it. */
export function shellOf(host: Host): StandInControl {
  if (host.shell === undefined) throw new Error('This host shows nothing of its shell.');
  return host.shell;
}
