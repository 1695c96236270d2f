import { ChevronDown, ChevronUp } from 'lucide-react';
import { useRef } from 'react';
import type { Trace } from '#proto/analysis/trace';
import { formatCount } from '#proto/text/count';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { SearchBox } from '#ui/widgets/SearchBox.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import type { TraceSearch } from '../trace-search.ts';
import styles from './TraceJson.module.css';
import { TakeJson } from './TakeJson.tsx';

interface JsonToolsProps {
  trace: Trace;
  search: TraceSearch;
  onSearch: (part: Partial<TraceSearch>) => void;
  selected: number | undefined;
  /** Lines that hold the text, and which of them is shown. */
  found: { count: number; at: number };
  onStep: (step: 1 | -1) => void;
}

const group = 'JSON';

export const JsonTools = ({ trace, search, onSearch, selected, found, onStep }: JsonToolsProps) => {
  const box = useRef<HTMLInputElement>(null);
  useShortcuts([
    { keys: '/', label: 'Find in the JSON', group, run: () => box.current?.focus() },
    { keys: 'n', label: 'Next match', group, run: () => onStep(1) },
    { keys: 'N', label: 'Previous match', group, run: () => onStep(-1) },
  ]);
  return (
    <>
      <div className={styles['search']}>
        <SearchBox
          ref={box}
          label="Find in the JSON"
          placeholder="Find in the JSON"
          value={search.text ?? ''}
          onChange={(text) => onSearch({ text })}
          onLeave={() => onStep(1)}
        />
      </div>
      {(search.text ?? '').trim() === '' ? undefined : (
        <span className={styles['matches']}>
          <span role="status">{found.count === 0 ? 'no match' : `${formatCount(found.at + 1)} of ${formatCount(found.count)}`}</span>
          <IconButton label="Previous match" shortcut="N" onClick={() => onStep(-1)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next match" shortcut="n" onClick={() => onStep(1)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </span>
      )}
      {selected === undefined ? undefined : (
        <SegmentedControl
          label="Of what"
          selected={search.only ?? 'trace'}
          onSelect={(only) => onSearch({ only: only === 'span' ? 'span' : undefined })}
          segments={[
            { id: 'trace', label: 'Trace' },
            { id: 'span', label: 'Selected span' },
          ]}
        />
      )}
      <TakeJson trace={trace} />
    </>
  );
};
