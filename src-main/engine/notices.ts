import type { EngineStatus } from '#proto/bridge/shapes';

type Notice = EngineStatus['notices'][number];

const maxNotices = 20;

/** What a person should know, once each: the same notice again replaces the one before. Oldest go first where there are too many. */
export class Notices {
  readonly #byId = new Map<string, Notice>();

  add(id: string, severity: Notice['severity'], message: string): void {
    this.#byId.delete(id);
    this.#byId.set(id, { id, severity, message });
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > maxNotices && oldest !== undefined) this.#byId.delete(oldest);
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }

  list(): Notice[] {
    return [...this.#byId.values()];
  }
}
