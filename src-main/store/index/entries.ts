/** What a query looks at of a chunk before it looks at its bytes. One entry a chunk, in memory while it is unsealed and in `group_entries` afterwards. */
interface Entry {
  /** Records. */
  count: number;
  /** Ids of `source` in runs: `sourceIds[i]` for the records up to, not including, `sourceEnds[i]`. */
  sourceIds: Uint32Array;
  sourceEnds: Uint32Array;
  zones: NumberZones;
}

export interface SpanEntry extends Entry {
  /** Hashes (`termOfName`) of the distinct span names, and which one each span has. */
  names: Uint32Array;
  name: Rows;
  /** Ordinals of the distinct traces, and which one each span belongs to. */
  ordinals: Uint32Array;
  trace: Rows;
  /** `duration-code.ts`: keeps the order of durations; equal codes may be different durations. */
  duration: Uint16Array;
  /** Bits 0-2: kind as in trace.proto, 7 for any other. Bits 3-4: status code, 3 for any other. */
  bits: Uint8Array;
}

export interface LogEntry extends Entry {
  /** `timeUnixNano`, else `observedTimeUnixNano`, else the time of arrival; unsigned. */
  timesNs: BigUint64Array;
  /** 0-24; 255 for any other number. */
  severity: Uint8Array;
  /** Ids in runs: record r of run i has id `firstIds[i] + r - (i === 0 ? 0 : idEnds[i - 1])`. */
  firstIds: Float64Array;
  idEnds: Uint32Array;
}

/** Of each attribute key that holds numbers in the chunk, the smallest and the largest: key hashes (`termOfKey`) ascending. */
export interface NumberZones {
  keys: Uint32Array;
  min: Float64Array;
  max: Float64Array;
}

/** As narrow as the number of rows allows. */
export type Rows = Uint8Array | Uint16Array | Uint32Array;
