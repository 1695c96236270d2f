import { describe, expect, it } from 'vitest';
import { isLink, viewOfLink } from './link.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

describe('a link', () => {
  it.each([
    [`sidelight://trace/${trace}`, `/traces/${trace}`],
    [`sidelight://trace/${trace}/`, `/traces/${trace}`],
    [`SIDELIGHT://TRACE/${trace.toUpperCase()}?span=${span.toUpperCase()}`, `/traces/${trace}?span=${span}`],
    [`sidelight://trace/${trace}?span=${span}`, `/traces/${trace}?span=${span}`],
  ])('%s leads to a view', (link, view) => expect(viewOfLink(link)).toBe(view));

  it.each([
    `sidelight://trace/${'0'.repeat(32)}`,
    `sidelight://trace/${trace}?span=${'0'.repeat(16)}`,
    `sidelight://trace/${trace}?span=${span}&token=x`,
    `sidelight://trace/${trace}?q=x`,
    `sidelight://trace/${trace}#x`,
    `sidelight://trace/${trace}\n--data-dir=/etc`,
    `sidelight://trace/../${trace}`,
    `sidelight://trace/${trace}x`,
    `sidelight://user@trace/${trace}`,
    `sidelight://trace.evil/${trace}`,
    `sidelight:trace/${trace}`,
    `sidelight://logs`,
    `https://trace/${trace}`,
    `--x=sidelight://trace/${trace}`,
    '',
  ])('%j leads nowhere', (link) => expect(viewOfLink(link)).toBeUndefined());

  it('is told from a file by its scheme', () => {
    expect(isLink('sidelight:nonsense')).toBe(true);
    expect(isLink('./sidelight.json')).toBe(false);
  });
});
