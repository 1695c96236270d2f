/** The scheme of links into Sidelight, which the installed app is registered for. */
export const linkScheme = 'sidelight';

const traceLink = /^sidelight:\/\/trace\/(?!0{32})([0-9a-f]{32})\/?(?:\?span=(?!0{16})([0-9a-f]{16}))?$/i;

/**
 * The path of the view that `sidelight://trace/TRACEID` or `sidelight://trace/TRACEID?span=SPANID` leads to; undefined for every other text. Any web page can send a
 * link, so it can name ids and nothing else.
 */
export function viewOfLink(link: string): string | undefined {
  const [, traceId, spanId] = traceLink.exec(link) ?? [];
  if (traceId === undefined) return undefined;
  const view = `/traces/${traceId.toLowerCase()}`;
  return spanId === undefined ? view : `${view}?span=${spanId.toLowerCase()}`;
}

/** Whether a text is meant as a link of ours, sound or not. */
export function isLink(text: string): boolean {
  return /^sidelight:/i.test(text);
}
