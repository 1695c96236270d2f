import { Box, Database, Globe, Rows3 } from 'lucide-react';
import type { MapNode } from '#proto/analysis/trace-map';

const icons = { service: Box, database: Database, queue: Rows3, external: Globe } as const;

export const NodeIcon = ({ kind, ...place }: { kind: MapNode['kind']; x?: number; y?: number }) => {
  const Icon = icons[kind];
  return <Icon size={14} color="var(--text-muted)" aria-hidden {...place} />;
};
