/**
 * CSS colours as the four bytes that image data wants, in its byte order, by drawing each on a canvas of its own: browsers serialise `oklch()` as it is, and converting it here
 * would be a second opinion on what the screen shows.
 */
export const colourBytes = (colours: readonly string[]): Uint32Array => {
  const canvas = new OffscreenCanvas(Math.max(1, colours.length), 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return new Uint32Array(colours.length);
  colours.forEach((colour, index) => {
    context.fillStyle = colour;
    context.fillRect(index, 0, 1, 1);
  });
  return new Uint32Array(context.getImageData(0, 0, Math.max(1, colours.length), 1).data.buffer).slice(0, colours.length);
};
