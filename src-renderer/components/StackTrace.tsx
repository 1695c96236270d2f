import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { formatCount } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { parseStackTrace, type StackLine, type StackRun, stackRuns, type StackTrace as ParsedStackTrace } from '#ui/model/stack-trace.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import { InertText } from './InertText.tsx';
import { SourceLink } from './SourceLink.tsx';
import styles from './StackTrace.module.css';

/** Fewer frames of libraries in a row are not worth folding. */
const minFolded = 3;
/** More of one line is not shown. */
const maxLineLength = 2000;

/** A stack trace: the developer's own frame in front, the frames of libraries dimmed and folded, every line as it was sent. */
export const StackTrace = ({ text }: { text: string }) => {
  const trace = useMemo(() => parseStackTrace(text), [text]);
  const runs = useMemo(() => stackRuns(trace.lines), [trace]);
  const [isWhole, setWhole] = useState(false);
  const folded = runs.filter(isFoldable).length;
  return (
    <figure className={styles['stack']} aria-label="Stack trace">
      <figcaption className={styles['head']}>
        {trace.origin === undefined ? <span className={styles['where']}>Stack trace</span> : <Origin origin={trace.origin} />}
        {folded > 0 ? (
          <Button tone="quiet" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
            All frames
          </Button>
        ) : undefined}
        <CopyButton text={text} label="Copy stack trace" />
      </figcaption>
      {/* Focusable, because it scrolls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles['lines']} tabIndex={0}>
        {runs.map((run, index) =>
          isFoldable(run) && !isWhole ? <FoldedRun key={index} run={run} /> : <Lines key={index} lines={run.lines} origin={trace.origin} />,
        )}
      </pre>
    </figure>
  );
};

/** Python's marks under a line of source: they mean nothing once they are broken. */
const carets = /^\s+[\^~]+\s*$/;

const isFoldable = (run: StackRun): boolean => run.library && run.frameCount >= minFolded;

const Origin = ({ origin: { frame } }: { origin: NonNullable<ParsedStackTrace['origin']> }) => (
  <span className={styles['where']} title={inertText(`${frame.file}:${frame.line}`)}>
    {frame.function === '' ? undefined : (
      <span>
        in <code className={styles['function']}>{inertText(frame.function.slice(0, 200))}</code>
      </span>
    )}
    {frame.file === '' ? undefined : (
      <span>
        at{' '}
        <SourceLink file={frame.file} line={frame.line} column={frame.column}>
          <code>{inertText(`${lastSegments(frame.file).slice(-200)}${frame.line === '' ? '' : `:${frame.line}`}`)}</code>
        </SourceLink>
      </span>
    )}
  </span>
);

/** The file and its folder: enough to know it, short enough to be read. */
const lastSegments = (path: string): string => path.split(/[\\/]/).slice(-2).join('/');

const Lines = ({ lines, origin }: { lines: readonly StackLine[]; origin: ParsedStackTrace['origin'] }) =>
  lines.map((line, index) => (
    <span
      key={index}
      className={clsx(
        styles['line'],
        line.frame?.library === true && styles['library'],
        line.frame !== undefined && line.frame === origin?.frame && styles['origin'],
        carets.test(line.text.slice(0, maxLineLength)) && styles['carets'],
      )}
    >
      <LineText line={line} />
      {'\n'}
    </span>
  ));

/** As it was sent; the file in it leads there. */
const LineText = ({ line: { text, frame } }: { line: StackLine }) => {
  const shown = text.slice(0, maxLineLength);
  const at = frame === undefined || frame.file === '' ? -1 : shown.indexOf(frame.file);
  if (frame === undefined || at < 0) return <InertText text={shown} />;
  const end = at + frame.file.length;
  return (
    <>
      <InertText text={shown.slice(0, at)} />
      <SourceLink file={frame.file} line={frame.line} column={frame.column}>
        <InertText text={shown.slice(at, end)} />
      </SourceLink>
      <InertText text={shown.slice(end)} />
    </>
  );
};

const FoldedRun = ({ run }: { run: StackRun }) => {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Lines lines={run.lines} origin={undefined} />;
  return (
    <button type="button" className={styles['folded']} onClick={() => setOpen(true)}>
      {`${formatCount(run.frameCount)} library frames`}
      {packagesOf(run)}
    </button>
  );
};

/** Which packages the folded frames are of, in the order in which they were called. */
const packagesOf = (run: StackRun): string => {
  const names = new Set<string>();
  for (const { frame } of run.lines) {
    const name = /(?:site-packages|dist-packages|node_modules)[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(
      frame?.file.slice(0, maxLineLength) ?? '',
    )?.[1];
    if (name !== undefined) names.add(inertText(name.replace(/\.py$/, '')));
  }
  if (names.size === 0) return '';
  const shown = [...names].slice(0, 4).join(', ');
  return `: ${shown}${names.size > 4 ? ', …' : ''}`;
};
