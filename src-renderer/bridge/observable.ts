/** A value that tells when it changes, in the form that React's `useSyncExternalStore` takes. */
export interface Observable<Value> {
  get: () => Value;
  /** Returns the function that ends this subscription. */
  subscribe: (listener: () => void) => () => void;
}

export interface Variable<Value> extends Observable<Value> {
  set: (value: Value) => void;
}

export function variable<Value>(initial: Value): Variable<Value> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
