import type { LogItem } from '#proto/bridge/shapes';

/** What the list is made of: lines, and a heading wherever the day changes. */
export type ListRow = { kind: 'log'; log: LogItem } | { kind: 'day'; key: string; label: string };

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Lines in order with a heading for each day, except that a list of only today's lines needs none. */
export const withDays = (logs: readonly LogItem[], nowMs: number): ListRow[] => {
  const rows: ListRow[] = [];
  let day = dayOf(nowMs);
  for (const log of logs) {
    const timeMs = Number(BigInt(log.effectiveTimeUnixNano) / 1_000_000n);
    if (timeMs < day.fromMs || timeMs >= day.untilMs) {
      day = dayOf(timeMs);
      rows.push({ kind: 'day', key: `day-${day.fromMs}-${log.id}`, label: dayLabel(day.fromMs, nowMs) });
    }
    rows.push({ kind: 'log', log });
  }
  return rows;
};

/** Local days are not always 24 hours long. */
const dayOf = (timeMs: number): { fromMs: number; untilMs: number } => {
  const date = new Date(timeMs);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { fromMs: new Date(year, month, day).getTime(), untilMs: new Date(year, month, day + 1).getTime() };
};

const dayLabel = (timeMs: number, nowMs: number): string => {
  const today = dayOf(nowMs);
  if (timeMs >= today.fromMs && timeMs < today.untilMs) return 'Today';
  return timeMs >= dayOf(today.fromMs - 1).fromMs && timeMs < today.fromMs ? 'Yesterday' : dayName.format(timeMs);
};
