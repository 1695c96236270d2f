import { StatusCode } from '#proto/model/span';
import { Badge } from '#ui/widgets/Badge.tsx';

/** A span's status as it was sent; what the status message says is for its own line. */
export const StatusBadge = ({ code }: { code: number }) => {
  if (code === StatusCode.error) return <Badge tone="error">Error</Badge>;
  if (code === StatusCode.ok) return <Badge tone="good">OK</Badge>;
  return <Badge title="The sender set no status">{code === StatusCode.unset ? 'Unset' : `Status ${code}`}</Badge>;
};
