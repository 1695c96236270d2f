/** Of each message: whether it is compressed, in one byte, and its length in four (gRPC over HTTP/2, "Length-Prefixed-Message"). */
const headBytes = 5;

/** Takes gRPC's framing off the one message of a call, whose bytes come in chunks that know nothing of it. */
export class MessageFraming {
  readonly #head = Buffer.alloc(headBytes);
  #headSize = 0;
  #remaining = 0;

  /** The bytes of the message in `chunk`; `undefined` where there is more than one message. */
  take(chunk: Buffer): Buffer | undefined {
    const copied = this.hasHead ? 0 : chunk.copy(this.#head, this.#headSize);
    this.#headSize += copied;
    if (copied > 0 && this.hasHead) this.#remaining = this.length;
    const message = copied === 0 ? chunk : chunk.subarray(copied);
    if (message.length > this.#remaining) return undefined;
    this.#remaining -= message.length;
    return message;
  }

  get hasHead(): boolean {
    return this.#headSize === headBytes;
  }

  /** No byte has come at all. */
  get isEmpty(): boolean {
    return this.#headSize === 0;
  }

  get isComplete(): boolean {
    return this.hasHead && this.#remaining === 0;
  }

  get isCompressed(): boolean {
    return this.#head[0] !== 0;
  }

  /** As announced. */
  get length(): number {
    return this.#head.readUInt32BE(1);
  }
}
