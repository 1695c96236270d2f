import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../records.fixture.ts';
import { mayShowInNumbers } from './shown-otherwise.ts';

const zone = (min: number, max: number) => ({ keys: Uint32Array.of(1), min: Float64Array.of(min), max: Float64Array.of(max) });

describe('mayShowInNumbers', () => {
  it('never says no to the beginning of a number that is within a zone', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 2000; round += 1) {
      const number = Math.trunc((random() - 0.5) * 10 ** Math.floor(random() * 19));
      const shown = BigInt(Math.abs(number)).toString();
      const zones = zone(number - Math.floor(random() * 3), number + Math.floor(random() * 3));
      expect({ number, may: mayShowInNumbers([shown.slice(0, 1 + Math.floor(random() * shown.length))], zones) }).toEqual({
        number,
        may: true,
      });
    }
  });

  it.each(['12345', '319', '02', '7', 'abc', '1e5'])('says no to %s among numbers from 81 to 300', (word) => {
    expect(mayShowInNumbers([word], zone(81, 300))).toBe(false);
  });

  it('says yes to what is too long for a number that a double counts exactly, where there are numbers', () => {
    expect(mayShowInNumbers(['99999999999999999999'], zone(81, 300))).toBe(true);
  });

  it('says yes to what may be a bool, and no to any number where there is none', () => {
    const none = { keys: new Uint32Array(), min: new Float64Array(), max: new Float64Array() };
    expect(mayShowInNumbers(['tru'], none)).toBe(true);
    expect(mayShowInNumbers(['false'], none)).toBe(true);
    expect(mayShowInNumbers(['falsehood', '12', '0', '99999999999999999999'], none)).toBe(false);
  });
});
