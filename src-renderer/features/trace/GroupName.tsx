import { InertText } from '#ui/components/InertText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { type DimensionId, labelText } from './dimensions.ts';

/** The value that a group of spans shares; `label` is undefined of those that have none. */
export const GroupName = ({ id, label }: { id: DimensionId; label: string | undefined }) => {
  if (id === 'service' && label !== undefined) return <ServiceBadge name={label} />;
  if (label === undefined || label.trim() === '') return <em style={{ color: 'var(--text-muted)' }}>{labelText(id, label)}</em>;
  return <InertText text={label} />;
};
