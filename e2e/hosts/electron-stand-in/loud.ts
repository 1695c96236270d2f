/**
 * Wraps a stand-in so that using what it lacks fails with its name, and is not mistaken for a fault of the shell. Methods stay bound to the real object, whose private
 * fields a proxy can't reach.
 */
export function loud<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property);
      if (value === undefined && typeof property === 'string' && !(property in object) && property !== 'then')
        throw unknownApi(`${name}.${property}`);
      return typeof value === 'function' ? value.bind(object) : value;
    },
    set(object, property, value) {
      if (!(property in object)) throw unknownApi(`${name}.${String(property)}`);
      return Reflect.set(object, property, value);
    },
  });
}

/** Refuses options that the stand-in would silently ignore. */
export function refuseUnknown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unknownApi(`${name} { ${unknown} }`);
}

export function unknownApi(what: string): Error {
  return new Error(`The stand-in does not know ${what}. Add it to e2e/hosts/electron-stand-in, as Electron documents it.`);
}
