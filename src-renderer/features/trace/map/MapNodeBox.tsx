import type { MapNode, TraceMap } from '#proto/analysis/trace-map';
import { serviceColour } from '#ui/model/service-colour.ts';
import { nodeHeightPx, nodeWidthPx } from './lay-out-map.ts';
import styles from './MapPicture.module.css';
import { nodeErrors, nodeFacts, nodeInWords, nodeName } from './map-words.ts';
import { NodeIcon } from './NodeIcon.tsx';

interface MapNodeBoxProps {
  map: TraceMap;
  node: MapNode;
  index: number;
  place: { xPx: number; yPx: number } | undefined;
  /** Has the keyboard, or would have it. */
  isActive: boolean;
  onActivate: () => void;
  onOpen: () => void;
}

const mostLetters = 22;

export const MapNodeBox = ({ map, node, index, place, isActive, onActivate, onOpen }: MapNodeBoxProps) => {
  if (place === undefined) return undefined;
  const name = nodeName(node);
  const facts = nodeFacts(node);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <g
      className={styles['node']}
      transform={`translate(${place.xPx - nodeWidthPx / 2},${place.yPx - nodeHeightPx / 2})`}
      role="button"
      // Of ARIA 1.3, and known to browsers: its name is what stands in the box.
      // oxlint-disable-next-line jsx-a11y/role-supports-aria-props
      aria-description={nodeInWords(map, index)}
      tabIndex={isActive ? 0 : -1}
      data-node={index}
      data-kind={node.kind}
      onFocus={onActivate}
      onClick={onOpen}
    >
      <rect className={styles['box']} width={nodeWidthPx} height={nodeHeightPx} rx={6} />
      {node.kind === 'service' ? (
        <rect x={0} y={8} width={3} height={nodeHeightPx - 16} rx={1.5} fill={serviceColour(node.name).fill} />
      ) : (
        <NodeIcon kind={node.kind} x={nodeWidthPx - 24} y={8} />
      )}
      <text className={styles['name']} x={12} y={20}>
        {name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name}
      </text>
      <text className={styles['facts']} x={12} y={37}>
        {/* The space keeps the two texts apart for whoever hears them. */ ` ${facts}`}
        {node.errorCount === 0 ? undefined : <tspan className={styles['errors']}>{nodeErrors(node)}</tspan>}
      </text>
    </g>
  );
};
