import type { Mistake } from '#main/receive/mistake';
import { mistakeWords } from './mistake-words.ts';
import type { Sighting } from './sighting.ts';

/** What a receiver has refused, as a finding. Its texts have been made safe by the receiver. */
export function mistakeSighting(mistake: Mistake): Sighting {
  const { kind, port, userAgent, detail } = mistake;
  const words = mistakeWords[kind](mistake, userAgent === '' ? 'A client' : userAgent);
  return { ...words, kind, client: userAgent, key: `${kind} ${port} ${userAgent} ${detail}`, count: 1 };
}
