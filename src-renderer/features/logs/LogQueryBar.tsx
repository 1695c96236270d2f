import { ArrowDownNarrowWide, ArrowUpNarrowWide, WrapText } from 'lucide-react';
import type { Ref } from 'react';
import { FilterChip } from '#ui/components/FilterChip.tsx';
import { QueryBar } from '#ui/components/QueryBar.tsx';
import { ServiceFilter } from '#ui/components/ServiceFilter.tsx';
import { useQueryParts } from '#ui/components/use-query-parts.ts';
import type { badQueryOf } from '#ui/components/bad-query.ts';
import { severityFloors } from '#ui/model/severity.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import type { LogsSearch } from './logs-search.ts';
import { ScopeChip } from './ScopeChip.tsx';

interface LogQueryBarProps {
  search: LogsSearch;
  onSearch: (change: Partial<LogsSearch>) => void;
  onLeave: () => void;
  problem: ReturnType<typeof badQueryOf>;
  isWrapped: boolean;
  onWrap: (isWrapped: boolean) => void;
  ref: Ref<HTMLInputElement | null>;
}

/** The query over the log lines: text and chips, how severe, in which order. */
export const LogQueryBar = ({ search, onSearch, onLeave, problem, isWrapped, onWrap, ref }: LogQueryBarProps) => {
  const control = useQueryParts(search.q, (q) => onSearch({ q }));
  const isNewest = search.order === undefined;
  return (
    <QueryBar
      ref={ref}
      subject="logs"
      label="Search logs"
      placeholder="Search messages, attributes… or service:api, user.id=42"
      query={search.q}
      control={control}
      problem={problem}
      onLeave={onLeave}
      chips={
        <>
          <ScopeChip search={search} onSearch={onSearch} />
          {control.parts.errorsOnly ? (
            <FilterChip what="status error" onRemove={() => control.change({ errorsOnly: false })}>
              status:error
            </FilterChip>
          ) : undefined}
        </>
      }
    >
      <SegmentedControl
        label="Lowest severity"
        segments={severityFloors.map(({ label }) => ({ id: label, label }))}
        selected={search.severity ?? 'All'}
        onSelect={(floor) => onSearch({ severity: floor === 'All' ? undefined : floor })}
      />
      <ServiceFilter selected={control.parts.services} onToggle={control.toggleService} countOf={({ logCount }) => logCount} />
      <IconButton
        label={isNewest ? 'Newest first: click for oldest first' : 'Oldest first: click for newest first'}
        shortcut="o"
        onClick={() => onSearch({ order: isNewest ? 'oldest' : undefined })}
      >
        {isNewest ? <ArrowDownNarrowWide aria-hidden /> : <ArrowUpNarrowWide aria-hidden />}
      </IconButton>
      <IconButton label="Wrap long lines" shortcut="w" aria-pressed={isWrapped} onClick={() => onWrap(!isWrapped)}>
        <WrapText aria-hidden />
      </IconButton>
    </QueryBar>
  );
};
