/** All items of two ordered lists in one order; of equal ones those of `left` first. */
export function* merge<Left, Right>(
  left: Iterable<Left>,
  right: Iterable<Right>,
  compare: (left: Left, right: Right) => number,
): Generator<Left | Right> {
  const rest = left[Symbol.iterator]();
  let next = rest.next();
  for (const item of right) {
    for (; next.done !== true && compare(next.value, item) <= 0; next = rest.next()) yield next.value;
    yield item;
  }
  for (; next.done !== true; next = rest.next()) yield next.value;
}
