import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** How the window was left. The file may be damaged or from another machine: every field falls back on its own. */
const WindowState = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }).optional().catch(undefined),
  maximised: z.boolean().catch(false),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
});
export type WindowState = z.infer<typeof WindowState>;

/** In device-independent pixels, as Electron's `Rectangle`. */
interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const firstSize = { width: 1280, height: 800 };
export const smallestSize = { width: 720, height: 480 };
/** So much of the title bar must be on a display that it can be grasped. */
const graspable = { width: 120, height: 32 };

export function readWindowState(file: string): WindowState {
  return WindowState.parse(parsedOrEmpty(file));
}

function parsedOrEmpty(file: string): object {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? content : {};
  } catch {
    // Absent on the first start; damaged, it is worth no more than absent.
    return {};
  }
}

/** Synchronous, because it runs while the window closes. Replaces the file in one step. Throws where it can't be written. */
export function writeWindowState(file: string, state: WindowState): void {
  const next = `${file}.next`;
  writeFileSync(next, JSON.stringify(state));
  renameSync(next, file);
}

/**
 * Where to open the window. The remembered place counts only while its title bar is on one of the displays of today (`workAreas`); the size is kept within the
 * display. Without `x` and `y` Electron centres the window.
 */
export function placeWindow(
  remembered: WindowState['bounds'],
  workAreas: readonly Area[],
): Partial<Area> & { width: number; height: number } {
  if (remembered === undefined) return firstSize;
  const home = workAreas.find((area) => isGraspable(remembered, area));
  const area = home ?? workAreas[0] ?? { x: 0, y: 0, ...firstSize };
  const size = {
    width: clamp(remembered.width, smallestSize.width, area.width),
    height: clamp(remembered.height, smallestSize.height, area.height),
  };
  return home === undefined ? size : { x: remembered.x, y: remembered.y, ...size };
}

function isGraspable(bounds: Area, area: Area): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const titleIsBelowTop = bounds.y >= area.y;
  const titleIsAboveBottom = bounds.y + graspable.height <= area.y + area.height;
  return visibleWidth >= graspable.width && titleIsBelowTop && titleIsAboveBottom;
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest));
}
