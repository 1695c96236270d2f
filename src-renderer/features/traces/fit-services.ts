import type { TraceSummary } from '#proto/bridge/shapes';

export type ServiceShare = TraceSummary['services'][number];

const characterPx = 6.6;
const chipPx = 22;
const gapPx = 6;
const restPx = 28;
/** Names are cut off beyond this, so that one long name does not push out the others. */
const longestNameCharacters = 18;
/** What stands in place of an empty name. */
const noNameCharacters = 15;

const widthPx = ({ name }: ServiceShare): number =>
  chipPx + Math.min(longestNameCharacters, Math.max(3, name.length === 0 ? noNameCharacters : name.length)) * characterPx;

/**
 * The services that fit into a column, those with errors and with most spans first, and how many are left out (shown as `+n`). By estimate: measuring each
 * chip of each row would cost a layout a frame.
 */
export const fitServices = (services: readonly ServiceShare[], columnPx: number): { shown: ServiceShare[]; left: number } => {
  const ordered = services.toSorted((a, b) => Number(b.errorCount > 0) - Number(a.errorCount > 0) || b.spanCount - a.spanCount);
  const shown: ServiceShare[] = [];
  let usedPx = 0;
  for (const [index, service] of ordered.entries()) {
    const needPx = widthPx(service) + (index === 0 ? 0 : gapPx);
    const reservePx = index === ordered.length - 1 ? 0 : restPx;
    if (index > 0 && usedPx + needPx + reservePx > columnPx) break;
    usedPx += needPx;
    shown.push(service);
  }
  return { shown, left: services.length - shown.length };
};
