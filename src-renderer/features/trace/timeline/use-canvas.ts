import { type RefObject, useEffect, useRef } from 'react';
import { Colours } from '#ui/canvas/colours.ts';
import { createFrame, type Frame } from '#ui/canvas/frame.ts';
import { useColourVersion } from '#ui/state/theme-colours.ts';

type Paint = (canvas: HTMLCanvasElement, colours: Colours) => void;

interface CanvasHandle {
  ref: RefObject<HTMLCanvasElement | null>;
  /** Asks for one drawing in the next frame. */
  repaint: () => void;
}

/**
 * A canvas that is drawn by `paint`: after every render of its component, when the theme or the fonts change, and when `subscribe` calls back. Never more than once a frame,
 * and always with the latest `paint`.
 */
export const useCanvas = (paint: Paint, subscribe: (repaint: () => void) => () => void): CanvasHandle => {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ paint, subscribe });
  const colours = useRef<Colours>(undefined);
  const frame = useRef<Frame>(undefined);
  const handle = useRef<CanvasHandle>({ ref, repaint: () => frame.current?.request() });

  useEffect(() => {
    latest.current = { paint, subscribe };
    frame.current?.request();
  });

  useEffect(() => {
    const canvas = ref.current;
    const host = canvas?.parentElement;
    if (canvas == null || host == null) return;
    const resolved = new Colours(host);
    const painting = createFrame(() => latest.current.paint(canvas, resolved));
    colours.current = resolved;
    frame.current = painting;
    const unsubscribe = latest.current.subscribe(painting.request);
    document.fonts.addEventListener('loadingdone', painting.request);
    painting.request();
    return () => {
      unsubscribe();
      document.fonts.removeEventListener('loadingdone', painting.request);
      painting.end();
      resolved.end();
      frame.current = undefined;
    };
  }, []);

  const colourVersion = useColourVersion();
  useEffect(() => {
    colours.current?.forget();
    frame.current?.request();
  }, [colourVersion]);

  return handle.current;
};
