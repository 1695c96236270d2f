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

function ranked(counts: ReadonlyMap<string, number>, prefix: string): Completion[] {
  const wanted = prefix.toLowerCase();
  const found: (Completion & { begins: boolean })[] = [];
  for (const [text, count] of counts) {
    const at = text.toLowerCase().indexOf(wanted);
    if (at >= 0) found.push({ text, count, begins: at === 0 });
  }
  found.sort((a, b) => Number(b.begins) - Number(a.begins) || b.count - a.count || (a.text < b.text ? -1 : 1));
  return found.map(({ text, count }) => ({ text, count }));
}
