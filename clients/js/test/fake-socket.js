/** A WebSocket whose other end is the test. */
export function fakeServer() {
  const sockets = [];
  class FakeSocket {
    sent = [];
    closed = null;

    constructor(address) {
      this.address = address;
      sockets.push(this);
      setTimeout(() => this.onopen?.(), 0);
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close(code) {
      this.closed = code;
    }

    say(message) {
      this.onmessage?.({ data: JSON.stringify(message) });
    }

    cut(code = 1006, reason = '') {
      this.onclose?.({ code, reason });
    }
  }

  return { sockets, WebSocket: FakeSocket };
}

export const line = (seq) => ({ seq, id: `t-${seq}`, taskId: 't', message: `line ${seq}`, source: 'stdout', level: 'INFO' });

/** Waits until a condition holds; the limit only ends a test that has failed. */
export async function until(condition, limit = 10_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }

    if (Date.now() > end) {
      throw new Error('The condition did not come to hold.');
    }

    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
