import type { MapEdge, TraceMap } from '#proto/analysis/trace-map';
import { curveThrough, type PlacedMap } from './lay-out-map.ts';
import styles from './MapPicture.module.css';
import { edgeInWords } from './map-words.ts';

interface MapEdgeLineProps {
  map: TraceMap;
  edge: MapEdge;
  placed: PlacedMap['edges'][number] | undefined;
  label: string;
  /** Of all waiting, the largest being 1. */
  weight: number;
  /** Leads to or from the node that has the keyboard. */
  isNear: boolean;
  onOpen: () => void;
}

const thinnestPx = 1.25;
const thickestPx = 4;

/** Calls from one node to another: the thicker the line, the longer callers waited. For the keyboard there is the list. */
export const MapEdgeLine = ({ map, edge, placed, label, weight, isNear, onOpen }: MapEdgeLineProps) => {
  if (placed === undefined) return undefined;
  const isError = edge.errorCount > 0;
  const path = curveThrough(placed.points);
  const labelPx = label.length * 6.2 + 8;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <g className={styles['edge']} data-error={isError || undefined} data-near={isNear || undefined} onClick={onOpen}>
      <title>{edgeInWords(map, edge)}</title>
      <path d={path} className={styles['reach']} />
      <path
        d={path}
        className={styles['line']}
        strokeWidth={thinnestPx + weight * (thickestPx - thinnestPx)}
        strokeDasharray={edge.kind === 'messaging' ? '5 4' : undefined}
        markerEnd={`url(#${isError ? 'map-arrow-error' : 'map-arrow'})`}
      />
      <rect
        className={styles['labelGround']}
        x={placed.label.xPx - labelPx / 2}
        y={placed.label.yPx - 8}
        width={labelPx}
        height={16}
        rx={3}
      />
      <text className={styles['label']} x={placed.label.xPx} y={placed.label.yPx + 4} textAnchor="middle">
        {label}
      </text>
    </g>
  );
};
