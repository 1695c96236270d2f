import { useEffect, useRef, useState } from 'react';
import { Colours } from '#ui/canvas/colours.ts';
import { prepareLayer } from '#ui/canvas/layer.ts';
import { useColourVersion } from '#ui/state/theme-colours.ts';
import type { DurationScale } from './chart-scale.ts';
import type { Dot } from './dots.ts';
import styles from './Overview.module.css';

interface ScatterDotsProps {
  dots: readonly Dot[];
  scale: DurationScale;
  widthPx: number;
  heightPx: number;
}

const radiusPx = 2.5;

/** A dot a trace, higher the longer it took; failed ones on top. */
export const ScatterDots = ({ scale, ...drawn }: ScatterDotsProps) => (
  <>
    {scale.ticks.map(({ px, label }) => (
      <span key={px} className={styles['level']} style={{ top: px }} aria-hidden>
        <span className={styles['levelName']}>{label}</span>
      </span>
    ))}
    {/* In other colours it is another drawing. */}
    <Drawing key={useColourVersion()} {...drawn} />
  </>
);

const Drawing = ({ dots, widthPx, heightPx }: Omit<ScatterDotsProps, 'scale'>) => {
  const ref = useRef<HTMLCanvasElement>(null);
  const [colours, setColours] = useState<Colours>();
  useEffect(() => {
    const host = ref.current?.parentElement;
    if (host === null || host === undefined) return undefined;
    const created = new Colours(host);
    setColours(created);
    return () => created.end();
  }, []);
  useEffect(() => {
    const layer = ref.current === null || colours === undefined ? undefined : prepareLayer(ref.current, widthPx, heightPx);
    if (layer === undefined || colours === undefined) return;
    const { context } = layer;
    for (const [isError, colour] of [
      [false, 'var(--dot)'],
      [true, 'var(--error-fill)'],
    ] as const) {
      context.fillStyle = colours.get(colour);
      // Where many lie upon each other it is darker.
      context.globalAlpha = isError ? 0.9 : 0.6;
      for (const { px, py, point } of dots) {
        if (point.isError !== isError) continue;
        context.beginPath();
        context.arc(px, py, radiusPx, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }, [dots, colours, widthPx, heightPx]);
  return <canvas ref={ref} className={styles['drawing']} aria-hidden />;
};
