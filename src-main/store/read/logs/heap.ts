/** The first of its items, by an order, is always at hand; taking or adding one costs the logarithm of how many there are. */
export class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (a: Item, b: Item) => number;

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** `undefined` where there is none. */
  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    let place = this.#items.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#items[parent] as Item;
      if (this.#compare(above, item) <= 0) break;
      this.#items[place] = above;
      place = parent;
    }
    this.#items[place] = item;
  }

  take(): Item | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return first;
  }

  /** In no order. */
  items(): readonly Item[] {
    return this.#items;
  }

  #sink(item: Item): void {
    const items = this.#items;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#compare(items[child + 1] as Item, items[child] as Item) < 0) child += 1;
      if (this.#compare(item, items[child] as Item) <= 0) break;
      items[place] = items[child] as Item;
      place = child;
    }
    items[place] = item;
  }
}
