import { Backoff } from './backoff.js';
import { LogServerError } from './errors.js';

// RFC 6455 and the server's own; see docs/logs/api.md.
const CLOSE_NORMAL = 1000;
const CLOSE_UNAUTHORIZED = 4001;
const CLOSE_FORBIDDEN = 4003;
const CLOSE_TASK_NOT_FOUND = 4004;

/** Longer than this without a word from the server (it pings every 30 s), and the connection is dead. */
const SILENCE = 75_000;

/** A connection that held this long was a good one. */
const HEALTHY = 30_000;

/**
 * One task, followed over as many connections as it takes. The cursor is the last line that was handed out; every new connection
 * asks for what follows it, so that nothing is missed and nothing comes twice.
 */
export class Subscription {
  #open;
  #taskId;
  #options;
  #handlers;
  #backoff;
  #generation = 0;
  /** @type {any} */ #socket = null;
  /** @type {any} */ #timer = null;
  /** @type {any} */ #watch = null;
  #heard = 0;
  #connected = 0;
  #cursor;
  #state = 'connecting';
  #paused = false;
  #refused = 0;

  /**
   * @param {() => Promise<{ socket: any, token: string | undefined }>} open Opens a socket and says what token to show.
   * @param {string} taskId
   * @param {import('./index.js').SubscribeOptions} options
   * @param {import('./index.js').SubscriptionHandlers} handlers
   */
  constructor(open, taskId, options, handlers) {
    this.#open = open;
    this.#taskId = taskId;
    this.#options = options;
    this.#handlers = handlers;
    this.#backoff = new Backoff(options.backoff);

    this.#cursor = options.afterSeq ?? null;
    this.#connect();
  }

  /** The last line handed out; null before the first. Give it as `afterSeq` to go on from there at another time. */
  get cursor() {
    return this.#cursor;
  }

  /** `connecting`, `live`, `reconnecting`, `paused`, `ended`, `closed` or `failed`. */
  get state() {
    return this.#state;
  }

  /** Ends it. No event comes after this, and there is no new connection. */
  close() {
    if (this.#isOver()) {
      return;
    }

    this.#handlers = {};
    this.#finish('closed');
  }

  /** Lets go of the connection, so that the server need not wait for a slow reader; {@link resume} goes on after the cursor. */
  pause() {
    if (this.#isOver() || this.#paused) {
      return;
    }

    this.#paused = true;
    this.#drop();
    this.#enter('paused');
  }

  /** Goes on after {@link pause}. */
  resume() {
    if (this.#paused && !this.#isOver()) {
      this.#paused = false;
      this.#enter('reconnecting');
      this.#connect();
    }
  }

  #isOver() {
    return this.#state === 'ended' || this.#state === 'closed' || this.#state === 'failed';
  }

  /** @param {string} state */
  #enter(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.#handlers.onState?.(/** @type {any} */ (state));
    }
  }

  async #connect() {
    // Each connection has a number: what an older one still says is not heard.
    const number = ++this.#generation;
    let opened;
    try {
      opened = await this.#open();
    } catch (error) {
      if (number === this.#generation && !this.#isOver() && !this.#paused) {
        this.#handlers.onError?.(error);
        this.#retry();
      }

      return;
    }

    const { socket, token } = opened;
    if (number !== this.#generation || this.#isOver() || this.#paused) {
      socket.close(CLOSE_NORMAL);
      return;
    }

    this.#socket = socket;
    this.#heard = Date.now();
    this.#watch = setInterval(() => this.#checkSilence(), SILENCE / 5);
    socket.onopen = () => {
      this.#connected = Date.now();
      if (token !== undefined) {
        this.#send({ type: 'auth', token });
      }

      this.#send({ type: 'subscribe', taskId: this.#taskId, options: this.#subscribeOptions() });
    };
    socket.onmessage = (/** @type {{ data: unknown }} */ event) => {
      if (socket === this.#socket) {
        this.#heard = Date.now();
        this.#receive(String(event.data));
      }
    };
    socket.onerror = () => {};
    socket.onclose = (/** @type {{ code: number, reason: string }} */ event) => {
      if (socket === this.#socket) {
        this.#lost(event.code, event.reason);
      }
    };
  }

  #subscribeOptions() {
    const { sources, levels, q, tail, realtime } = this.#options;
    return {
      sources,
      levels,
      q,
      realtime,
      batch: true,
      ...(this.#cursor === null ? { tail } : { afterSeq: this.#cursor }),
    };
  }

  /** @param {object} message */
  #send(message) {
    this.#socket?.send(JSON.stringify(message));
  }

  /** @param {string} text */
  #receive(text) {
    const message = JSON.parse(text);
    switch (message.type) {
      case 'logs':
        this.#deliver(message.entries);
        break;
      case 'log':
        this.#deliver([message]);
        break;
      case 'subscribed':
        this.#refused = 0;
        this.#enter('live');
        this.#cursor ??= message.firstSeq ? message.firstSeq - 1 : message.lastSeq;
        break;
      case 'gap':
        this.#cursor = Math.max(this.#cursor ?? 0, message.toSeq);
        this.#handlers.onGap?.(message);
        break;
      case 'truncated':
        this.#handlers.onTruncated?.(message);
        break;
      case 'end':
        this.#handlers.onEnd?.(message);
        this.#finish('ended');
        break;
      case 'ping':
        this.#send({ type: 'pong', timestamp: message.timestamp });
        break;
      case 'error':
        this.#handlers.onError?.(new LogServerError(message.code, message.message, { retryable: message.retryable }));
        break;
      default:
        // A newer server may say more.
        break;
    }
  }

  /** @param {import('./index.js').LogLine[]} entries */
  #deliver(entries) {
    const cursor = this.#cursor ?? 0;
    const lines = entries.filter((line) => line.seq > cursor);
    const last = lines.at(-1);
    if (last) {
      this.#cursor = last.seq;
      this.#handlers.onLines?.(lines);
    }
  }

  #checkSilence() {
    if (Date.now() - this.#heard > SILENCE) {
      this.#lost(1006, 'the server has been silent for too long');
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #lost(code, reason) {
    this.#drop();
    if (this.#isOver() || this.#paused) {
      return;
    }

    if (code === CLOSE_FORBIDDEN || (code === CLOSE_TASK_NOT_FOUND && !this.#options.waitForTask)) {
      this.#fail(code === CLOSE_FORBIDDEN ? 'FORBIDDEN' : 'TASK_NOT_FOUND', reason);
      return;
    }

    // A token may have run out since it was asked for; a fresh one that is refused as well will not get better.
    if (code === CLOSE_UNAUTHORIZED && ++this.#refused > 1) {
      this.#fail('UNAUTHORIZED', reason);
      return;
    }

    if (this.#connected > 0 && Date.now() - this.#connected > HEALTHY) {
      this.#backoff.reset();
    }

    this.#retry();
  }

  /**
   * @param {string} code
   * @param {string} reason
   */
  #fail(code, reason) {
    this.#handlers.onError?.(new LogServerError(code, reason || code));
    this.#finish('failed');
  }

  #retry() {
    this.#connected = 0;
    this.#enter('reconnecting');
    this.#timer = setTimeout(() => this.#connect(), this.#backoff.next());
  }

  /** @param {string} state */
  #finish(state) {
    this.#drop();
    this.#enter(state);
  }

  #drop() {
    this.#generation++;
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(CLOSE_NORMAL);
  }
}
