import type { UnixNano } from '#proto/model/time';

const pad = (value: number): string => String(value).padStart(2, '0');

/** What a `datetime-local` field with seconds takes: local time, without a zone. Empty for no time. */
export const localTimeOf = (time: UnixNano | undefined): string => {
  if (time === undefined) return '';
  const date = new Date(Number(BigInt(time) / 1_000_000n));
  if (Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
};

/** What was written in such a field. `before`, what the field began with, is kept to the nanosecond where it still says the same. */
export const timeOfField = (written: string, before: UnixNano | undefined): UnixNano | undefined => {
  if (before !== undefined && written === localTimeOf(before)) return before;
  const ms = new Date(written).getTime();
  return Number.isNaN(ms) || ms < 0 ? undefined : String(BigInt(ms) * 1_000_000n);
};
