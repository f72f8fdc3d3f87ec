/** The server refused something for good, or answered what is no answer. */
export class LogServerError extends Error {
  /**
   * @param {string} code The protocol's code, such as `FORBIDDEN`.
   * @param {string} message For people.
   * @param {{ status?: number, retryable?: boolean, cause?: unknown }} [details]
   */
  constructor(code, message, { status, retryable = false, cause } = {}) {
    super(message, { cause });
    this.name = 'LogServerError';
    this.code = code;
    this.status = status;
    this.retryable = retryable;
  }
}
