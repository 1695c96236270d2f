import { Download, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '#proto/text/count';
import { saveFile } from '#ui/base/save-file.ts';
import { useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import type { ArrivalWindow } from '../range/arrival-choice.ts';
import { mostExported, searchAsOtlp } from './search-as-otlp.ts';

type Progress = { done: number } | { problem: string } | undefined;

const title = `Save the newest ${formatCount(mostExported)} traces of this search with their logs, as OTLP JSON Lines`;

/** Saves what the search finds as a file that every reader of OTLP takes; pressed again, it is called off. */
export const ExportSearch = ({ query, window }: { query: string; window: ArrivalWindow }) => {
  const bridge = useBridge();
  const [progress, setProgress] = useState<Progress>();
  const under = useRef<AbortController>(undefined);
  useEffect(() => () => under.current?.abort(), []);
  const isRunning = progress !== undefined && 'done' in progress;

  const run = async (controller: AbortController): Promise<void> => {
    try {
      const file = await searchAsOtlp(bridge, { ...window, query }, controller.signal, (done) => setProgress({ done }));
      if (file !== undefined) saveFile(file, 'traces.jsonl');
      setProgress(undefined);
    } catch (error) {
      setProgress(controller.signal.aborted ? undefined : { problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const press = (): void => {
    if (isRunning) return under.current?.abort();
    under.current = new AbortController();
    setProgress({ done: 0 });
    void run(under.current);
  };
  return (
    <Button tone="quiet" title={title} onClick={press}>
      {isRunning ? <X aria-hidden /> : <Download aria-hidden />}
      {isRunning ? `Stop export (${formatCount(progress.done)})` : progress === undefined ? 'Export' : 'Export failed: try again'}
    </Button>
  );
};
