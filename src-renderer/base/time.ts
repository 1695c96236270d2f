import type { UnixNano } from '#proto/model/time';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const split = (time: UnixNano): { date: Date; nanosOfSecond: string } => {
  const ns = BigInt(time);
  return { date: new Date(Number(ns / 1_000_000n)), nanosOfSecond: (ns % 1_000_000_000n).toString().padStart(9, '0') };
};

const clock = (date: Date): string => `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
const day = (date: Date): string => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

const zone = (date: Date): string => {
  const minutes = -date.getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
};

/** The exact time to the nanosecond in local time with its offset: `2026-03-01 14:02:11.123456789 +01:00`. "0", which OTLP uses for "not set", is said so. */
export const formatExactTime = (time: UnixNano): string => {
  if (time === '0') return 'not set';
  const { date, nanosOfSecond } = split(time);
  return `${day(date)} ${clock(date)}.${nanosOfSecond} ${zone(date)}`;
};

/** Time of day to the millisecond, for columns of times that lie close together: `14:02:11.123`. */
export const formatClockTime = (time: UnixNano): string => {
  if (time === '0') return 'not set';
  const { date, nanosOfSecond } = split(time);
  return `${clock(date)}.${nanosOfSecond.slice(0, 3)}`;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * How long ago, short enough for a column and changing seldom enough to be calm: `now`, `12 s`, `4 min`, `3 h`, `2 d`, then the day. A time ahead of
 * this machine's clock by more than a second says so, because a wrong clock explains much.
 */
export const formatRelativeTime = (time: UnixNano, nowMs: number): string => {
  if (time === '0') return 'not set';
  const { date } = split(time);
  const agoMs = nowMs - date.getTime();
  if (agoMs < -second) return 'ahead';
  if (agoMs < 2 * second) return 'now';
  if (agoMs < minute) return `${Math.floor(agoMs / second)} s`;
  if (agoMs < hour) return `${Math.floor(agoMs / minute)} min`;
  if (agoMs < 24 * hour) return `${Math.floor(agoMs / hour)} h`;
  if (agoMs < 7 * 24 * hour) return `${Math.floor(agoMs / (24 * hour))} d`;
  return day(date);
};

/** `formatRelativeTime` where no heading says what it is: `12 s ago`, but `now` and `2026-03-01`. */
export const formatAgo = (time: UnixNano, nowMs: number): string => formatRelativeTime(time, nowMs).replace(/^\d+ \w+$/, '$& ago');
