/** Kinds of problem that are told; the answer to a request must stay small (OTLP specification, response size limit) and readable. */
const maxMessages = 10;

interface Problem {
  noun: string;
  count: number;
  example: string;
}

/**
 * What was wrong in one request, as a developer should read it in `partial_success.error_message`: each kind of problem once, with how often it occurred and one
 * example. Texts must come from a fixed set, so that the list is bounded; what the client sent goes into the example, which is only made once a kind.
 */
export class Issues {
  rejected = 0;
  readonly #rejections = new Map<string, Problem>();
  readonly #warnings = new Map<string, Problem>();

  /** A record of the kind `noun` that can never be stored. */
  reject(noun: string, reason: string, example?: () => string): void {
    this.rejected += 1;
    count(this.#rejections, noun, reason, example);
  }

  /** Something that was repaired or is doubtful; the record is kept. */
  warn(noun: string, text: string, example?: () => string): void {
    count(this.#warnings, noun, text, example);
  }

  /** Rejections first: what is lost matters most. */
  messages(): string[] {
    const rejections = Array.from(this.#rejections, ([reason, problem]) => sentence(problem, `rejected: ${reason}`));
    const warnings = Array.from(this.#warnings, ([text, problem]) => sentence(problem, text));
    const all = [...rejections, ...warnings];
    return all.length > maxMessages ? [...all.slice(0, maxMessages), `and ${all.length - maxMessages} more kinds of problem`] : all;
  }
}

function count(problems: Map<string, Problem>, noun: string, text: string, example?: () => string): void {
  const known = problems.get(text);
  if (known) known.count += 1;
  else problems.set(text, { noun, count: 1, example: example?.() ?? '' });
}

function sentence(problem: Problem, text: string): string {
  return `${problem.count} ${problem.noun}${problem.count === 1 ? '' : 's'} ${text}${problem.example && ` (first: ${problem.example})`}`;
}

/** A text of the client as an example: short, and with everything escaped that could upset a terminal. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
