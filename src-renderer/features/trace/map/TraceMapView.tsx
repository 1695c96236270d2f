import { List, Workflow } from 'lucide-react';
import { plural } from '#proto/text/count';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import type { TabProps } from '../trace-tab.ts';
import { callLabel, useTraceMap } from '../use-dimensions.ts';
import { View } from '../View.tsx';
import { CallList } from './CallList.tsx';
import { MapPicture } from './MapPicture.tsx';

/** A larger picture could be laid out, but not read. */
const mostNodes = 150;

/** Who called whom in a trace, as a picture or as a list. A service or a line leads to its spans. */
export const TraceMapView = ({ trace, search, onSearch, onClose }: TabProps) => {
  const { data: map, error } = useTraceMap(trace);
  const isTooLarge = map !== undefined && map.nodes.length > mostNodes;
  const isList = search.form === 'list' || isTooLarge;
  const showSpans = (by: string, is: string | undefined): void =>
    onSearch({ tab: 'spans', by, is, group: undefined, filter: undefined, sort: undefined }, false);
  const showEdge = (index: number): void => {
    if (map !== undefined) showSpans('call', callLabel(map, index));
  };
  const showNode = (index: number): void => {
    const node = map?.nodes[index];
    if (node !== undefined) showSpans(node.kind === 'service' ? 'service' : 'called', node.name);
  };
  return (
    <View
      label="Map"
      onClose={onClose}
      note={
        map === undefined
          ? ''
          : `${plural(map.nodes.length, 'node')}, ${plural(map.edges.length, 'connection')}${isTooLarge ? ': too many for a picture' : ''}`
      }
      tools={
        <SegmentedControl
          label="Form"
          selected={isList ? 'list' : 'picture'}
          onSelect={(form) => onSearch({ form: form === 'list' ? 'list' : undefined }, true)}
          segments={[
            {
              id: 'picture',
              label: (
                <>
                  <Workflow size={13} aria-hidden /> Map
                </>
              ),
            },
            {
              id: 'list',
              label: (
                <>
                  <List size={13} aria-hidden /> List
                </>
              ),
            },
          ]}
        />
      }
    >
      {error !== undefined ? (
        <ErrorState title="The attributes of the trace could not be read" detail={error.message} />
      ) : map === undefined ? (
        <SkeletonRows rows={8} label="Loading the attributes of the trace" />
      ) : !isList ? (
        <MapPicture map={map} onNode={showNode} onEdge={showEdge} />
      ) : map.edges.length === 0 ? (
        <EmptyState title="Nothing in this trace calls anything else">
          All spans are of one service, and none of them says whom it called.
        </EmptyState>
      ) : (
        <CallList map={map} search={search} onSearch={onSearch} onEdge={showEdge} />
      )}
    </View>
  );
};
