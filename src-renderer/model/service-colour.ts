/** How many hues `widgets/service-colours.css` defines as `--service-0` … and `--service-0-fill` …. */
export const serviceHueCount = 12;

/** Colours of one service, as CSS values that follow the theme: `ink` reaches AA as text, `fill` is for bars and marks. */
export interface ServiceColour {
  ink: string;
  fill: string;
}

/** The index of a service's hue: the same name has the same colour in every view and after every start. `undefined` for a service without a name. */
export const serviceHue = (serviceName: string): number | undefined => {
  if (serviceName === '') return undefined;
  // FNV-1a, then a final mix: names that differ only in their last letter must not get neighbouring hues.
  let hash = 0x811c9dc5;
  for (let index = 0; index < serviceName.length; index += 1) hash = Math.imul(hash ^ serviceName.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % serviceHueCount;
};

export const serviceColour = (serviceName: string): ServiceColour => {
  const hue = serviceHue(serviceName) ?? 'none';
  return { ink: `var(--service-${hue})`, fill: `var(--service-${hue}-fill)` };
};
