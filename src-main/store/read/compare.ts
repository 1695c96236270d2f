import type { Comparison } from '#proto/model/query';

/** `left comparison right`, for numbers of either type. */
export function compare<Value extends number | bigint>(left: Value, comparison: Comparison, right: Value): boolean {
  switch (comparison) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
