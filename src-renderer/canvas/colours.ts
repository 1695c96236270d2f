/**
 * What CSS colours look like under `host`, with variables and `light-dark()` resolved, since a canvas knows neither. Read once per theme and drawing, not once per box:
 * every first read of a colour makes the browser compute a style.
 */
export class Colours {
  readonly #probe: HTMLElement;
  readonly #resolved = new Map<string, string>();

  constructor(host: HTMLElement) {
    this.#probe = host.ownerDocument.createElement('span');
    this.#probe.hidden = true;
    host.append(this.#probe);
  }

  /** `css` is any colour, such as `var(--error)`. */
  get(css: string): string {
    const known = this.#resolved.get(css);
    if (known !== undefined) return known;
    this.#probe.style.color = css;
    const colour = getComputedStyle(this.#probe).color;
    this.#resolved.set(css, colour);
    return colour;
  }

  /** After a change of theme. */
  forget(): void {
    this.#resolved.clear();
  }

  end(): void {
    this.#probe.remove();
  }
}
