import { LogServerError } from './errors.js';
import { Subscription } from './subscription.js';

/** More lines than this waiting for a slow loop, and the connection is let go until half of them are taken. */
const HIGH_WATER = 10_000;

/** A log server. */
export class LogClient {
  #server;
  #token;
  #WebSocket;
  #fetch;

  /**
   * @param {string | URL} server Its address, such as `https://logs.example`.
   * @param {import('./index.js').ClientOptions} [options]
   */
  constructor(server, options = {}) {
    this.#server = new URL(server);
    if (!/^https?:$/.test(this.#server.protocol)) {
      throw new TypeError(`The log server's address must begin with http:// or https://, not ${this.#server.protocol}//.`);
    }

    const { token } = options;
    this.#token = async () => (typeof token === 'function' ? await token() : token);
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    if (!this.#WebSocket) {
      throw new TypeError('This platform has no WebSocket: give one as the option WebSocket, for instance that of the package ws.');
    }
  }

  /**
   * Follows a task.
   * @param {string} taskId
   * @param {import('./index.js').SubscribeOptions} [options]
   * @param {import('./index.js').SubscriptionHandlers} [handlers]
   */
  subscribe(taskId, options = {}, handlers = {}) {
    return new Subscription(() => this.#open(taskId), taskId, options, handlers);
  }

  /**
   * Follows a task line by line until it ends. Leaving the loop ends it as well.
   * @param {string} taskId
   * @param {import('./index.js').SubscribeOptions} [options]
   * @returns {AsyncGenerator<import('./index.js').LogLine, void, void>}
   */
  async *follow(taskId, options = {}) {
    /** @type {import('./index.js').LogLine[]} */
    let queue = [];
    /** @type {unknown} */
    let failure = null;
    let wake = () => {};
    const subscription = this.subscribe(taskId, options, {
      onLines(lines) {
        queue.push(...lines);
        if (queue.length > HIGH_WATER) {
          subscription.pause();
        }

        wake();
      },
      onError(error) {
        failure = error;
      },
      onState() {
        wake();
      },
    });
    try {
      for (;;) {
        const lines = queue;
        queue = [];
        for (const line of lines) {
          yield line;
        }

        if (queue.length > 0) {
          continue;
        }

        if (subscription.state === 'failed') {
          throw failure;
        }

        if (subscription.state === 'ended') {
          return;
        }

        const woken = new Promise((resolve) => {
          wake = () => resolve(undefined);
        });
        subscription.resume();
        await woken;
      }
    } finally {
      subscription.close();
    }
  }

  /**
   * Lines that are stored, oldest first unless asked otherwise; fills a gap, for instance.
   * @param {string} taskId
   * @param {import('./index.js').ReadOptions} [options]
   * @returns {Promise<import('./index.js').LogPage>}
   */
  async read(taskId, options = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({
      after_seq: options.afterSeq,
      before_seq: options.beforeSeq,
      limit: options.limit,
      tail: options.tail,
      source: options.sources?.join(','),
      level: options.levels?.join(','),
      q: options.q,
      order: options.order,
    })) {
      if (value !== undefined && value !== '') {
        query.set(name, String(value));
      }
    }

    return this.#get(`api/v1/tasks/${encodeURIComponent(taskId)}/logs?${query}`);
  }

  /** The tasks, the last written to first. */
  async tasks() {
    return this.#get('api/v1/tasks');
  }

  /** @param {string} path */
  async #get(path) {
    const token = await this.#token();
    const response = await this.#fetch(new URL(path, this.#base()), {
      headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
    if (response.ok) {
      return response.json();
    }

    const body = await response.json().catch(() => null);
    throw new LogServerError(
      body?.error?.code ?? 'INTERNAL_SERVER_ERROR',
      body?.error?.message ?? `${response.status} ${response.statusText}`,
      { status: response.status, retryable: response.status === 429 || response.status >= 500 });
  }

  /** @param {string} taskId */
  async #open(taskId) {
    const token = await this.#token();
    const address = new URL(`ws/tasks/${encodeURIComponent(taskId)}`, this.#base());
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    return { socket: new this.#WebSocket(address.href), token };
  }

  // A path in the server's address, as behind a proxy, stays.
  #base() {
    const base = new URL(this.#server);
    base.pathname = base.pathname.replace(/\/?$/, '/');
    return base;
  }
}
