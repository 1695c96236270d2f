import type { Completion, Completions, CompletionsOf } from '#proto/bridge/completions';
import type { CountedTexts, TelemetryReader } from '#main/store/interface';

/** What may be typed next, of what is there: services from all that is stored, all else from the newest records. */
export function completions(reader: TelemetryReader, input: CompletionsOf): Completions {
  const { counts, lookedAt } = countedTexts(reader, input);
  return { items: ranked(counts, input.prefix).slice(0, input.limit), lookedAt };
}

function countedTexts(reader: TelemetryReader, { subject, key, field }: CompletionsOf): CountedTexts {
  if (field === 'service') return services(reader, subject);
  if (field === 'name') return subject === 'traces' ? reader.spanNames() : { counts: new Map(), lookedAt: 0 };
  return key === undefined ? reader.attributeKeys(subject) : reader.attributeValues(subject, key);
}

function services(reader: TelemetryReader, subject: CompletionsOf['subject']): CountedTexts {
  const counts = new Map<string, number>();
  let lookedAt = 0;
  for (const { name, spanCount, logCount } of reader.services()) {
    const count = subject === 'traces' ? spanCount : logCount;
    lookedAt += count;
    if (name !== '' && count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return { counts, lookedAt };
}

/** 0: it begins so; 1: one of its words does; 2: it holds it anywhere. */
function placeIn(text: string, wanted: string): number | undefined {
  let place: number | undefined;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (at === 0) return 0;
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return 1;
    place = 2;
  }
  return place;
}

function ranked(counts: ReadonlyMap<string, number>, prefix: string): Completion[] {
  const wanted = prefix.toLowerCase();
  const found: (Completion & { place: number })[] = [];
  for (const [text, count] of counts) {
    const place = placeIn(text.toLowerCase(), wanted);
    if (place !== undefined) found.push({ text, count, place });
  }
  found.sort((a, b) => a.place - b.place || b.count - a.count || (a.text < b.text ? -1 : 1));
  return found.map(({ text, count }) => ({ text, count }));
}
