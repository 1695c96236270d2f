import { EventEmitter } from 'node:events';

type RequestHandler = (
  contents: object,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;
type CheckHandler = (contents: object, permission: string, requestingOrigin: string) => boolean;
type DeviceHandler = (details: { deviceType: string; origin: string }) => boolean;

/** Keeps the handlers, so that a test can ask them. Chromium itself asks Playwright's context, which grants nothing. */
class StandInSession extends EventEmitter {
  #request: RequestHandler = (_contents, _permission, answer) => answer(true);
  #check: CheckHandler = () => true;
  #device: DeviceHandler = () => true;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.#device = handler;
  }

  /** What the shell would answer a page of `origin`. */
  async ask(permission: string, origin: string): Promise<{ request: boolean; check: boolean; device: boolean }> {
    const request = await new Promise<boolean>((answer) => this.#request({}, permission, answer, { requestingUrl: `${origin}/` }));
    return { request, check: this.#check({}, permission, origin), device: this.#device({ deviceType: permission, origin }) };
  }
}

export const defaultSession = new StandInSession();
