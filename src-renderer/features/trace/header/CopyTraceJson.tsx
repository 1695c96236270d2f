import { Braces, Check, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Bridge, useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';

type Outcome = 'none' | 'copying' | 'copied' | 'failed';
const words = { none: 'Copy as JSON', copying: 'Copying…', copied: 'Copied', failed: 'Not copied' } as const;

const shownMs = 2000;
/** What a clipboard takes without trouble for it and its owner. */
const mostSpans = 50_000;

/** Copies the spans of a trace, every field as it was sent, the way `/api/traces/{traceId}` gives them. */
export const CopyTraceJson = ({ traceId }: { traceId: string }) => {
  const bridge = useBridge();
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none' || outcome === 'copying') return undefined;
    const timer = setTimeout(() => setOutcome('none'), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (): void => {
    setOutcome('copying');
    // The item is made at once and filled later: a browser allows copying only while it remembers the click.
    const text = traceJson(bridge, traceId).then((json) => new Blob([json], { type: 'text/plain' }));
    navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <Tooltip label="Every span with every field, as it was sent">
      <Button tone="quiet" onClick={copy} disabled={outcome === 'copying'}>
        {outcome === 'copied' ? <Check aria-hidden /> : outcome === 'failed' ? <X aria-hidden /> : <Braces aria-hidden />}
        <span aria-live="polite">{words[outcome]}</span>
      </Button>
    </Tooltip>
  );
};

const traceJson = async (bridge: Bridge, traceId: string): Promise<string> => {
  const first = await bridge.traces.spans({ traceId });
  const spans = [...first.spans];
  let cursor = first.nextCursor;
  while (cursor !== undefined && spans.length < mostSpans) {
    const page = await bridge.traces.spans({ traceId, cursor });
    spans.push(...page.spans);
    cursor = page.nextCursor;
  }
  return JSON.stringify(
    { traceId: first.traceId, summary: first.summary, spans, ...(cursor === undefined ? {} : { nextCursor: cursor }) },
    undefined,
    2,
  );
};
