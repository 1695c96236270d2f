import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomBehavior } from 'd3-zoom';
import { Maximize, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { TraceMap } from '#proto/analysis/trace-map';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { layOutMap, nodeTowards, type PlacedMap } from './lay-out-map.ts';
import { MapEdgeLine } from './MapEdgeLine.tsx';
import { MapNodeBox } from './MapNodeBox.tsx';
import styles from './MapPicture.module.css';
import { edgeLabel } from './map-words.ts';

interface MapPictureProps {
  map: TraceMap;
  onNode: (index: number) => void;
  onEdge: (index: number) => void;
}

const group = 'Map';
const zoomStep = 1.4;
const leastScale = 0.1;
const largestScale = 3;

/** The map as a picture that can be moved and zoomed. One node has the keyboard, arrow keys go to its neighbours. */
export const MapPicture = ({ map, onNode, onEdge }: MapPictureProps) => {
  const labels = useMemo(() => map.edges.map(edgeLabel), [map]);
  const placed = useMemo(() => layOutMap(map, labels), [map, labels]);
  const svg = useRef<SVGSVGElement>(null);
  const content = useRef<SVGGElement>(null);
  const [active, setActive] = useState(0);
  const { fit, scaleBy } = useZoom(svg, content, placed);
  const longestNs = Math.max(1, ...map.edges.map(({ totalNs }) => totalNs));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nodeTowards(event.key, placed, active);
    if (next !== undefined) svg.current?.querySelector<SVGGElement>(`[data-node="${next}"]`)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') onNode(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useShortcuts([
    { keys: '0', label: 'Show the whole map', group, run: fit },
    { keys: '+', label: 'Zoom in', group, run: () => scaleBy(zoomStep) },
    { keys: '-', label: 'Zoom out', group, run: () => scaleBy(1 / zoomStep) },
  ]);
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was left by a key.
    if (document.activeElement === document.body)
      svg.current?.querySelector<SVGGElement>('[data-node="0"]')?.focus({ preventScroll: true });
  }, []);

  return (
    <div className={styles['picture']}>
      <svg ref={svg} className={styles['svg']} role="group" aria-label="Map of the trace">
        <defs>
          <Arrow id="map-arrow" colour="var(--text-faint)" />
          <Arrow id="map-arrow-error" colour="var(--error)" />
        </defs>
        <g ref={content}>
          {map.edges.map((edge, index) => (
            <MapEdgeLine
              key={index}
              map={map}
              edge={edge}
              placed={placed.edges[index]}
              label={labels[index] ?? ''}
              weight={edge.totalNs / longestNs}
              isNear={edge.from === active || edge.to === active}
              onOpen={() => onEdge(index)}
            />
          ))}
          {/* The nodes are buttons; this only takes the arrow keys on their way up. */}
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <g onKeyDown={onKeyDown}>
            {map.nodes.map((node, index) => (
              <MapNodeBox
                key={index}
                map={map}
                node={node}
                index={index}
                place={placed.nodes[index]}
                isActive={index === active}
                onActivate={() => setActive(index)}
                onOpen={() => onNode(index)}
              />
            ))}
          </g>
        </g>
      </svg>
      <div className={styles['tools']} role="group" aria-label="Zoom">
        <IconButton label="Zoom in" shortcut="+" onClick={() => scaleBy(zoomStep)}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" shortcut="-" onClick={() => scaleBy(1 / zoomStep)}>
          <Minus aria-hidden />
        </IconButton>
        <IconButton label="Show the whole map" shortcut="0" onClick={fit}>
          <Maximize aria-hidden />
        </IconButton>
      </div>
    </div>
  );
};

const Arrow = ({ id, colour }: { id: string; colour: string }) => (
  <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
    <path d="M0,0.5 L8,4 L0,7.5 Z" fill={colour} />
  </marker>
);

/** Wheel and drag move the picture; it begins, and begins anew with another layout, with all of it in view. */
const useZoom = (
  svg: RefObject<SVGSVGElement | null>,
  content: RefObject<SVGGElement | null>,
  placed: PlacedMap,
): { fit: () => void; scaleBy: (factor: number) => void } => {
  const behaviour = useRef<Zoom>(undefined);
  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    const moved = zoom<SVGSVGElement, unknown>()
      .scaleExtent([leastScale, largestScale])
      .on('zoom', ({ transform }: { transform: { toString: () => string } }) =>
        content.current?.setAttribute('transform', transform.toString()),
      );
    behaviour.current = moved;
    const selection = select(element);
    selection.call(moved).on('dblclick.zoom', null);
    return () => {
      selection.on('.zoom', null);
      behaviour.current = undefined;
    };
  }, [svg, content]);
  useEffect(() => fitInto(svg.current, behaviour.current, placed), [svg, placed]);
  return {
    fit: () => fitInto(svg.current, behaviour.current, placed),
    scaleBy: (factor) => {
      if (svg.current !== null) behaviour.current?.scaleBy(select(svg.current), factor);
    },
  };
};

type Zoom = ZoomBehavior<SVGSVGElement, unknown>;

const fitInto = (element: SVGSVGElement | null, behaviour: Zoom | undefined, { widthPx, heightPx }: PlacedMap): void => {
  if (element === null || behaviour === undefined) return;
  const { width, height } = element.getBoundingClientRect();
  const scale = Math.max(leastScale, Math.min(1, width / Math.max(1, widthPx), height / Math.max(1, heightPx)));
  const left = Math.max(0, (width - widthPx * scale) / 2);
  const top = Math.max(0, Math.min(mostTopPx, (height - heightPx * scale) / 2));
  behaviour.transform(select(element), zoomIdentity.translate(left, top).scale(scale));
};

/** A small map stands near the top, where its tab is. */
const mostTopPx = 48;
