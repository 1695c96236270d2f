/** An event that its listeners may prevent, as Electron hands them out. */
export interface Cancellable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function cancellable<Details extends object>(details: Details): Details & Cancellable {
  let prevented = false;
  return Object.defineProperty({ ...details, preventDefault: () => void (prevented = true) }, 'defaultPrevented', {
    get: () => prevented,
  }) as Details & Cancellable;
}
