import { type RefObject, useEffect, useRef } from 'react';
import { Colours } from '#ui/canvas/colours.ts';
import { createFrame, type Frame } from '#ui/canvas/frame.ts';
import { useColourVersion } from '#ui/state/theme-colours.ts';

type Paint = (canvas: HTMLCanvasElement, colours: Colours) => void;

/**
 * A canvas that is drawn by `paint`: after every render of its component, when the theme or the fonts change, and when `subscribe` calls back. Never more than once a frame,
 * and always with the latest `paint`.
 */
export const useCanvas = (paint: Paint, subscribe: (repaint: () => void) => () => void): RefObject<HTMLCanvasElement | null> => {
  const ref = useRef<HTMLCanvasElement>(null);
  const colourVersion = useColourVersion();
  const latest = useRef({ paint, subscribe, colourVersion });
  const frame = useRef<Frame>(undefined);

  useEffect(() => {
    latest.current = { paint, subscribe, colourVersion };
    frame.current?.request();
  });

  useEffect(() => {
    const canvas = ref.current;
    const host = canvas?.parentElement ?? undefined;
    if (canvas === null || host === undefined) return undefined;
    const colours = new Colours(host);
    let shownVersion = latest.current.colourVersion;
    const painting = createFrame(() => {
      if (shownVersion !== latest.current.colourVersion) colours.forget();
      shownVersion = latest.current.colourVersion;
      latest.current.paint(canvas, colours);
    });
    frame.current = painting;
    const unsubscribe = latest.current.subscribe(painting.request);
    document.fonts.addEventListener('loadingdone', painting.request);
    painting.request();
    return () => {
      unsubscribe();
      document.fonts.removeEventListener('loadingdone', painting.request);
      painting.end();
      colours.end();
      frame.current = undefined;
    };
  }, []);

  return ref;
};
