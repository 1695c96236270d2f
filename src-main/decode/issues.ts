/** Kinds of problem that are told; the answer to a request must stay small (OTLP specification, response size limit) and readable. */
const maxMessages = 10;

interface Problem {
  text: string;
  noun: string;
  count: number;
  example: string;
}

/**
 * What was wrong in one request, as a developer should read it in `partial_success.error_message`: each kind of problem once, with how often it occurred and one
 * example. Texts must come from a fixed set, so that the list is bounded; what the client sent goes into the example.
 */
export class Issues {
  rejected = 0;
  readonly #problems = new Map<string, Problem>();

  /** A record of the kind `noun` that can never be stored. */
  reject(noun: string, reason: string, example = ''): void {
    this.rejected += 1;
    this.#add(noun, `rejected: ${reason}`, example);
  }

  /** Something that was repaired or is doubtful; the record is kept. */
  warn(noun: string, text: string, example = ''): void {
    this.#add(noun, text, example);
  }

  /** Rejections first: what is lost matters most. */
  messages(): string[] {
    const problems = [...this.#problems.values()].toSorted((a, b) => Number(isRejection(b)) - Number(isRejection(a)));
    const told = problems.slice(0, maxMessages).map(sentence);
    return problems.length > maxMessages ? [...told, `and ${problems.length - maxMessages} more kinds of problem`] : told;
  }

  #add(noun: string, text: string, example: string): void {
    const key = `${noun} ${text}`;
    const known = this.#problems.get(key);
    if (known) known.count += 1;
    else this.#problems.set(key, { noun, text, count: 1, example });
  }
}

const isRejection = (problem: Problem): boolean => problem.text.startsWith('rejected');

function sentence({ count, noun, text, example }: Problem): string {
  return `${count} ${noun}${count === 1 ? '' : 's'} ${text}${example && ` (first: ${example})`}`;
}

/** A text of the client as an example: short, and with everything escaped that could upset a terminal. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
