/** How long to wait before the next attempt: doubling, with half of it to chance, so that a thousand viewers do not come back at once. */
export class Backoff {
  #first;
  #longest;
  #random;
  #attempt = 0;

  /**
   * @param {{ first?: number, longest?: number, random?: () => number }} [options] In milliseconds; 1 s and 30 s by default.
   */
  constructor({ first = 1000, longest = 30_000, random = Math.random } = {}) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
  }

  /** The next pause in milliseconds, between half and one and a half of the doubled one. */
  next() {
    const pause = Math.min(this.#first * 2 ** Math.min(this.#attempt, 30), this.#longest);
    this.#attempt++;
    return Math.min(pause * (0.5 + this.#random()), this.#longest);
  }

  /** A connection has held: start from the first pause again. */
  reset() {
    this.#attempt = 0;
  }
}
