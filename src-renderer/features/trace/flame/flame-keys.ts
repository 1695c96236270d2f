import { childFrames, type Flame } from '#proto/analysis/flame';

/** The frame that an arrow key goes to: down into the largest call, up to the caller, along the row; `undefined` for other keys. */
export const flameStep = (key: string, flame: Flame, cursor: number): number | undefined => {
  const row = flame.depth[cursor] ?? 0;
  const first = flame.rowStart[row] ?? 0;
  const end = flame.rowStart[row + 1] ?? 0;
  const children = childFrames(flame, cursor);
  switch (key) {
    case 'ArrowDown':
      return children.from < children.to ? children.from : cursor;
    case 'ArrowUp':
      return Math.max(flame.parent[cursor] ?? 0, 0);
    case 'ArrowRight':
      return Math.min(end - 1, cursor + 1);
    case 'ArrowLeft':
      return Math.max(first, cursor - 1);
    case 'Home':
      return 0;
    default:
      return undefined;
  }
};
