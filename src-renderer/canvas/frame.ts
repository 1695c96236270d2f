/** Draws at most once per animation frame, however often it is asked to. Whoever creates it ends it. */
export interface Frame {
  request: () => void;
  end: () => void;
}

export const createFrame = (draw: () => void): Frame => {
  let handle: number | undefined;
  return {
    request: () => {
      handle ??= requestAnimationFrame(() => {
        handle = undefined;
        draw();
      });
    },
    end: () => {
      if (handle !== undefined) cancelAnimationFrame(handle);
      handle = undefined;
    },
  };
};
