import { maskSecrets } from '#proto/analysis/mask-secrets';
import type { SpanPlace } from '#proto/bridge/trace-analysis';
import { codeSpan } from '#proto/text/markdown';

const mostNameChars = 200;

/** Foreign text in a line of Markdown: masked before it is cut, so that half a secret is not left over. */
export const foreignText = (text: string, most = mostNameChars): string => codeSpan(maskedText(text), most);

export const placeText = ({ name, service }: SpanPlace): string => `${foreignText(name)} in ${foreignText(service)}`;

/** No more of one text is looked at. */
const mostLookedAt = 20_000;

export const maskedText = (text: string): string => maskSecrets(text.slice(0, mostLookedAt));

export const cutText = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);
