import { StringDecoder } from 'node:string_decoder';

export interface Line {
  text: string;
  /** Whether the line was longer than what is kept of it. */
  isCut: boolean;
}

/** What is kept of a line. The rest of it is passed on to the terminal like everything, but not recorded. */
export const mostLineChars = 32 * 1024;

/** Takes output in pieces and gives its lines, without their ends. Holds one line at most, and of that so many characters at most. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #isCut = false;

  push(chunk: Buffer): Line[] {
    const [first = '', ...rest] = this.#decoder.write(chunk).split('\n');
    this.#append(first);
    return rest.map((text) => {
      const line = this.#take();
      this.#append(text);
      return line;
    });
  }

  /** The line that has no end, if there is one. */
  end(): Line[] {
    this.#append(this.#decoder.end());
    return this.#text === '' ? [] : [this.#take()];
  }

  #append(text: string): void {
    const room = mostLineChars - this.#text.length;
    if (text.length > room) this.#isCut = true;
    this.#text += text.slice(0, room);
  }

  #take(): Line {
    const line = { text: this.#text, isCut: this.#isCut };
    this.#text = '';
    this.#isCut = false;
    return line;
  }
}
