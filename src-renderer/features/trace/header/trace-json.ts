import type { Bridge } from '#ui/bridge/index.ts';

/** What a clipboard takes without trouble for it and its owner. */
const mostSpans = 50_000;

/** The spans of a trace, every field as it was sent, the way `/api/traces/{traceId}` gives them. */
export const traceJson = async (bridge: Bridge, traceId: string): Promise<string> => {
  const first = await bridge.traces.spans({ traceId });
  const spans = [...first.spans];
  let cursor = first.nextCursor;
  while (cursor !== undefined && spans.length < mostSpans) {
    const page = await bridge.traces.spans({ traceId, cursor });
    spans.push(...page.spans);
    cursor = page.nextCursor;
  }
  return JSON.stringify(
    { traceId: first.traceId, summary: first.summary, spans, ...(cursor === undefined ? {} : { nextCursor: cursor }) },
    undefined,
    2,
  );
};
