import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { inertText } from '#proto/text/inert-text';
import { jsonTokens } from '#ui/model/json-lines.ts';
import styles from './TraceJson.module.css';

interface JsonTextProps {
  lines: readonly string[];
  /** Text that is looked for. */
  marked: string | undefined;
  /** A line that is to be in view, when it changes. */
  shownLine: number | undefined;
  /** Undefined where there is no more, or it is on its way. */
  onNearEnd: (() => void) | undefined;
}

const linePx = 18;
const loadAheadLines = 400;
/** Of a longer line this much is shown; copying takes all of it. */
const longestLine = 4000;

/** Lines of JSON, of which only those in view are in the document. */
export const JsonText = ({ lines, marked, shownLine, onNearEnd }: JsonTextProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    overscan: 30,
  });
  const latest = useRef(virtual);
  useEffect(() => {
    latest.current = virtual;
  });
  useEffect(() => {
    if (shownLine !== undefined) latest.current.scrollToIndex(shownLine, { align: 'center' });
  }, [shownLine]);
  const lastShown = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastShown >= lines.length - loadAheadLines) onNearEnd?.();
  }, [lastShown, lines.length, onNearEnd]);
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was left by a key.
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);
  return (
    // Focusable, because it scrolls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={styles['text']} role="region" aria-label="JSON of the trace" tabIndex={0}>
      <div className={styles['lines']} style={{ height: virtual.getTotalSize(), '--digits': `${String(lines.length).length}ch` }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className={styles['line']}
            style={{ transform: `translateY(${start}px)` }}
            data-shown={index === shownLine || undefined}
          >
            <span className={styles['number']} aria-hidden>
              {index + 1}
            </span>
            <JsonLine line={lines[index] ?? ''} marked={marked} />
          </div>
        ))}
      </div>
    </div>
  );
};

const JsonLine = memo(({ line, marked }: { line: string; marked: string | undefined }) => (
  <code className={styles['code']}>
    {jsonTokens(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line).map(({ kind, text }, index) => (
      <span key={index} className={styles[kind === 'number' ? 'digits' : kind]}>
        <Marked text={inertText(text)} marked={marked} />
      </span>
    ))}
  </code>
));

/** `text` with what is looked for brought out. */
const Marked = ({ text, marked = '' }: { text: string; marked: string | undefined }) => {
  const wanted = marked.trim().toLowerCase();
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={styles['mark']}>{text.slice(at, at + wanted.length)}</mark>
      <Marked text={text.slice(at + wanted.length)} marked={marked} />
    </>
  );
};
