import { inertText } from '../text/inert-text.ts';
import type { RootCause } from './root-cause.ts';
import type { Trace } from './trace.ts';

/** Why a trace failed, in one sentence of two parts: what the failed span said, and where that was. Safe to show: what cannot be seen is marked. */
export interface RootCauseSentence {
  said: string;
  where: string;
}

const mostChars = 400;
const mostNameChars = 200;

/** `said`: `failureText` of the span; empty where it says nothing. */
export const rootCauseSentence = (
  trace: Pick<Trace, 'name' | 'service'>,
  { span, handledBy }: RootCause,
  said: string,
): RootCauseSentence => {
  const handled = handledBy === undefined ? '' : `; handled by ${placeOf(trace, handledBy)}`;
  return { said: oneLine(said, mostChars) || 'Failed without a message', where: `${placeOf(trace, span)}${handled}` };
};

/** Both parts as one text. */
export const causeText = ({ said, where }: RootCauseSentence): string => `${said} — ${where}`;

const placeOf = ({ name, service }: Pick<Trace, 'name' | 'service'>, span: number): string =>
  `${oneLine(name.at(span), mostNameChars) || 'a span without a name'} in ${oneLine(service.at(span), mostNameChars) || 'a service without a name'}`;

const oneLine = (text: string, most: number): string => {
  const line = inertText(text.slice(0, most * 4))
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
};
