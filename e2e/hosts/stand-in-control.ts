import type { ChildProcess } from 'node:child_process';
import type { CommandCall, CommandResult, Commands } from './electron-stand-in/control.ts';

type Argument<Name extends keyof Commands> = Parameters<Commands[Name]>;
type Result<Name extends keyof Commands> = Awaited<ReturnType<Commands[Name]>>;

/** The test's end of the stand-in's commands. */
export class StandInControl {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #nextId = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (result: CommandResult) => {
      const waiting = this.#waiting.get(result.id);
      this.#waiting.delete(result.id);
      if ('error' in result) waiting?.reject(new Error(result.error));
      else waiting?.resolve(result.value);
    });
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The shell has ended.'));
    });
  }

  call<Name extends keyof Commands>(name: Name, ...[argument]: Argument<Name>): Promise<Result<Name>> {
    const id = this.#nextId++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#child.send({ id, name, argument } satisfies CommandCall);
    return waiting.promise as Promise<Result<Name>>;
  }
}
