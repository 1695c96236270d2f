import { describe, expect, it } from 'vitest';
import { serviceColour, serviceHue, serviceHueCount } from './service-colour.ts';

describe('service colour', () => {
  it('is the same for the same name, always', () =>
    expect([serviceHue('api'), serviceHue('postgres')]).toEqual([serviceHue('api'), serviceHue('postgres')]));

  it('is one of the hues that the stylesheet defines', () => {
    for (const name of ['a', 'Ω', 'checkout-service', 'x'.repeat(10_000)]) {
      const hue = serviceHue(name);
      expect(hue).toBeGreaterThanOrEqual(0);
      expect(hue).toBeLessThan(serviceHueCount);
    }
  });

  it('spreads numbered names over all hues', () => {
    const counts = new Map<number | undefined, number>();
    for (let index = 0; index < 1200; index += 1) {
      const hue = serviceHue(`service-${index}`);
      counts.set(hue, (counts.get(hue) ?? 0) + 1);
    }
    expect(counts.size).toBe(serviceHueCount);
    expect(Math.max(...counts.values())).toBeLessThan(150);
  });

  it('leaves a service without a name grey', () => expect(serviceColour('').fill).toBe('var(--service-none-fill)'));
});
