/** Bits of trace.proto `Span.flags`: W3C trace flags in the low byte, then whether it is known that the parent is in another process. */
const sampledBit = 0x1;
const randomIdBit = 0x2;
const hasRemoteBit = 0x100;
const isRemoteBit = 0x200;

/** What the flags of a span or link say, in words: `01 (sampled), parent in another process`. */
export const spanFlagsText = (flags: number, whose = 'parent'): string => {
  const traceFlags = flags & 0xff;
  const known = [(traceFlags & sampledBit) === 0 ? 'not sampled' : 'sampled', (traceFlags & randomIdBit) === 0 ? '' : 'random id'];
  const words = [`${traceFlags.toString(16).padStart(2, '0')} (${known.filter(Boolean).join(', ')})`];
  if ((flags & hasRemoteBit) !== 0) words.push(`${whose} in ${(flags & isRemoteBit) === 0 ? 'the same' : 'another'} process`);
  return words.join(', ');
};
