import { Check, Copy, Download, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OtlpPage } from '#proto/bridge/otlp-export';
import type { Trace } from '#proto/analysis/trace';
import { saveFile } from '#ui/base/save-file.ts';
import { type Bridge, useBridge } from '#ui/bridge/index.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';

type Outcome = 'none' | 'working' | 'done' | 'failed';

const shownMs = 2000;
const pageSize = 1000;
/** What a clipboard takes without trouble for it and its owner. */
const mostCopiedSpans = 20_000;

/** The whole trace as OTLP/JSON into the clipboard, or into a file. */
export const TakeJson = ({ trace }: { trace: Trace }) => {
  const bridge = useBridge();
  const { traceId, spanCount } = trace.summary;
  const copy = useOutcome();
  const download = useOutcome();
  const isTooLong = spanCount > mostCopiedSpans;
  return (
    <>
      <IconButton
        label={isTooLong ? 'Too long for the clipboard: download it' : label(copy.outcome, 'Copy the trace as OTLP JSON', 'Copied')}
        disabled={isTooLong || copy.outcome === 'working'}
        onClick={() => {
          // The item is made at once and filled later: a browser allows copying only while it remembers the click.
          const text = wholeTrace(bridge, traceId).then((lines) => new Blob(lines, { type: 'text/plain' }));
          copy.follow(navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]));
        }}
      >
        {copy.outcome === 'done' ? <Check aria-hidden /> : copy.outcome === 'failed' ? <X aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <IconButton
        label={label(download.outcome, 'Download the trace as OTLP JSON', 'Downloaded')}
        disabled={download.outcome === 'working'}
        onClick={() =>
          download.follow(
            wholeTrace(bridge, traceId).then((lines) => saveFile(new Blob(lines, { type: 'application/json' }), `${traceId}.json`)),
          )
        }
      >
        {download.outcome === 'done' ? <Check aria-hidden /> : download.outcome === 'failed' ? <X aria-hidden /> : <Download aria-hidden />}
      </IconButton>
    </>
  );
};

const label = (outcome: Outcome, what: string, done: string): string =>
  outcome === 'failed' ? 'That did not work' : outcome === 'done' ? done : outcome === 'working' ? 'Reading the trace…' : what;

/** What became of something that takes a while, for as long as that is news. */
const useOutcome = () => {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none' || outcome === 'working') return undefined;
    const timer = setTimeout(() => setOutcome('none'), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return {
    outcome,
    follow: (work: Promise<unknown>): void => {
      setOutcome('working');
      work.then(
        () => setOutcome('done'),
        () => setOutcome('failed'),
      );
    },
  };
};

/** One document, in pieces: its groups are those of the pages, one behind the other, as OTLP allows. */
const wholeTrace = async (bridge: Bridge, traceId: string): Promise<string[]> => {
  const pieces: string[] = [];
  let cursor: string | undefined;
  do {
    const page: OtlpPage = await bridge.traces.otlp({ traceId, limit: pageSize, logs: false, cursor });
    for (const group of page.resourceSpans ?? []) pieces.push(pieces.length === 0 ? '' : ',\n', JSON.stringify(group));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ['{"resourceSpans":[\n', ...pieces, '\n]}\n'];
};
