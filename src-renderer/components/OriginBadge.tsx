import type { TraceSummary } from '#proto/bridge/shapes';
import { formatExactTime } from '#ui/base/time.ts';
import { inertText } from '#proto/text/inert-text';
import { Badge } from '#ui/widgets/Badge.tsx';

/** Says that spans of a trace came from a file; nothing where all of it was received. */
export const OriginBadge = ({
  trace: { importedFrom = [] },
  withName = false,
}: {
  trace: Pick<TraceSummary, 'importedFrom'>;
  withName?: boolean;
}) => {
  const [first, ...more] = importedFrom;
  if (first === undefined) return undefined;
  const title = importedFrom
    .map(({ name, importedTimeUnixNano }) => `From ${inertText(name)}, opened ${formatExactTime(importedTimeUnixNano)}`)
    .join('\n');
  return (
    <Badge title={title}>
      {withName ? `from ${inertText(first.name)}` : 'file'}
      {more.length > 0 ? ` +${more.length}` : ''}
    </Badge>
  );
};
