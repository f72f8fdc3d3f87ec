import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff, LogClient } from '../src/index.js';
import { fakeServer, line, until } from './fake-socket.js';

const quick = { first: 1, longest: 5 };

async function subscribed(options = {}, clientOptions = {}) {
  const server = fakeServer();
  const seen = { lines: [], gaps: [], ends: [], states: [], errors: [], truncated: [] };
  const client = new LogClient('http://logs.test/base/', { WebSocket: server.WebSocket, ...clientOptions });
  const subscription = client.subscribe('t', { backoff: quick, ...options }, {
    onLines: (lines) => seen.lines.push(...lines.map((item) => item.seq)),
    onGap: (gap) => seen.gaps.push(gap),
    onEnd: (end) => seen.ends.push(end),
    onState: (state) => seen.states.push(state),
    onError: (error) => seen.errors.push(error),
    onTruncated: (message) => seen.truncated.push(message),
  });
  const connected = (number) => until(() => server.sockets[number]?.sent.some((message) => message.type === 'subscribe'));
  await connected(0);
  return { server, seen, subscription, connected };
}

test('the address is the server\'s with its path, and the token is a message, not a part of it', async () => {
  const { server, subscription } = await subscribed({ tail: 7 }, { token: async () => 'secret' });
  assert.equal(server.sockets[0].address, 'ws://logs.test/base/ws/tasks/t');
  assert.deepEqual(server.sockets[0].sent, [
    { type: 'auth', token: 'secret' },
    { type: 'subscribe', taskId: 't', options: { batch: true, tail: 7 } },
  ]);
  subscription.close();
});

test('a lost connection goes on after the last line, and what comes again is not handed out twice', async () => {
  const { server, seen, subscription, connected } = await subscribed();
  server.sockets[0].say({ type: 'subscribed', taskId: 't', firstSeq: 1, lastSeq: 3 });
  server.sockets[0].say({ type: 'logs', entries: [line(1), line(2), line(3)] });
  server.sockets[0].cut();
  await connected(1);
  assert.equal(server.sockets[1].sent[0].options.afterSeq, 3);
  server.sockets[1].say({ type: 'subscribed', taskId: 't', firstSeq: 3, lastSeq: 4 });
  server.sockets[1].say({ type: 'logs', entries: [line(3), line(4)] });
  server.sockets[0].say({ type: 'logs', entries: [line(5)] });
  assert.deepEqual(seen.lines, [1, 2, 3, 4]);
  assert.deepEqual(seen.states, ['live', 'reconnecting', 'live']);
  assert.equal(subscription.cursor, 4);
  subscription.close();
});

test('a subscription without history starts after the task\'s last line', async () => {
  const { server, subscription, connected } = await subscribed({ tail: 0 });
  server.sockets[0].say({ type: 'subscribed', taskId: 't', lastSeq: 41 });
  server.sockets[0].cut();
  await connected(1);
  assert.equal(server.sockets[1].sent[0].options.afterSeq, 41);
  subscription.close();
});

test('a gap moves the cursor and is told', async () => {
  const { server, seen, subscription } = await subscribed();
  server.sockets[0].say({ type: 'gap', taskId: 't', fromSeq: 1, toSeq: 9, count: 9, reason: 'slow' });
  server.sockets[0].say({ type: 'log', ...line(10) });
  assert.equal(seen.gaps[0].count, 9);
  assert.deepEqual(seen.lines, [10]);
  assert.equal(subscription.cursor, 10);
  subscription.close();
});

test('the end ends it, without a new connection', async () => {
  const { server, seen, subscription } = await subscribed();
  server.sockets[0].say({ type: 'end', taskId: 't', status: 'COMPLETED', exitCode: 0, lastSeq: 3 });
  server.sockets[0].cut(1000);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(seen.ends[0].status, 'COMPLETED');
  assert.equal(subscription.state, 'ended');
  assert.equal(server.sockets.length, 1);
  assert.equal(server.sockets[0].closed, 1000);
});

test('after close nothing is handed out, and there is no new connection', async () => {
  const { server, seen, subscription } = await subscribed();
  subscription.close();
  server.sockets[0].say({ type: 'logs', entries: [line(1)] });
  server.sockets[0].cut();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual(seen.lines, []);
  assert.equal(server.sockets.length, 1);
  assert.equal(subscription.state, 'closed');
});

test('what is forbidden is not asked for again', async () => {
  const { server, seen, subscription } = await subscribed();
  server.sockets[0].cut(4003, 'not this task');
  await until(() => subscription.state === 'failed');
  assert.equal(seen.errors[0].code, 'FORBIDDEN');
  assert.equal(server.sockets.length, 1);
});

test('a refused token is fetched once more, then it fails', async () => {
  let tokens = 0;
  const { server, subscription, connected } = await subscribed({}, { token: () => `token ${++tokens}` });
  server.sockets[0].cut(4001, 'expired');
  await connected(1);
  assert.equal(server.sockets[1].sent[0].token, 'token 2');
  server.sockets[1].cut(4001, 'expired');
  await until(() => subscription.state === 'failed');
  assert.equal(server.sockets.length, 2);
});

test('a task that does not exist fails, or is waited for', async () => {
  const missing = await subscribed();
  missing.server.sockets[0].cut(4004, 'no such task');
  await until(() => missing.subscription.state === 'failed');
  const waiting = await subscribed({ waitForTask: true });
  waiting.server.sockets[0].cut(4004, 'no such task');
  await waiting.connected(1);
  waiting.subscription.close();
});

test('a ping is answered', async () => {
  const { server, subscription } = await subscribed();
  server.sockets[0].say({ type: 'ping', timestamp: 'now' });
  assert.deepEqual(server.sockets[0].sent.at(-1), { type: 'pong', timestamp: 'now' });
  subscription.close();
});

test('a token that cannot be fetched is tried again', async () => {
  let calls = 0;
  const { seen, subscription } = await subscribed({}, {
    token: () => {
      if (++calls === 1) {
        throw new Error('the provider is down');
      }

      return 'token';
    },
  });
  assert.match(seen.errors[0].message, /provider/);
  subscription.close();
});

test('follow gives every line once and lets go of the connection while its reader is slow', async () => {
  const server = fakeServer();
  const client = new LogClient('http://logs.test', { WebSocket: server.WebSocket });
  const numbers = [];
  const reading = (async () => {
    for await (const item of client.follow('t', { backoff: quick })) {
      numbers.push(item.seq);
    }
  })();
  await until(() => server.sockets[0]?.sent.length);
  const first = Array.from({ length: 10_001 }, (_, index) => line(index + 1));
  server.sockets[0].say({ type: 'logs', entries: first });
  await until(() => server.sockets[1]?.sent.length);
  assert.equal(server.sockets[0].closed, 1000);
  assert.equal(server.sockets[1].sent[0].options.afterSeq, 10_001);
  server.sockets[1].say({ type: 'logs', entries: [line(10_002)] });
  server.sockets[1].say({ type: 'end', taskId: 't', status: 'FAILED', exitCode: 3, lastSeq: 10_002 });
  await reading;
  assert.deepEqual(numbers, Array.from({ length: 10_002 }, (_, index) => index + 1));
});

test('leaving the loop of follow closes the connection', async () => {
  const server = fakeServer();
  const client = new LogClient('http://logs.test', { WebSocket: server.WebSocket });
  const reading = (async () => {
    for await (const item of client.follow('t')) {
      return item.seq;
    }
  })();
  await until(() => server.sockets[0]?.sent.length);
  server.sockets[0].say({ type: 'logs', entries: [line(1), line(2)] });
  assert.equal(await reading, 1);
  assert.equal(server.sockets[0].closed, 1000);
});

test('pauses double up to the longest, with half to chance', () => {
  const low = new Backoff({ random: () => 0 });
  assert.deepEqual([low.next(), low.next(), low.next()], [500, 1000, 2000]);
  const high = new Backoff({ random: () => 0.999 });
  const pauses = Array.from({ length: 40 }, () => high.next());
  assert.ok(pauses[0] < 1500 && pauses[0] > 1490);
  assert.equal(Math.max(...pauses), 30_000);
  high.reset();
  assert.ok(high.next() < 1500);
});

test('an address that is no web address is refused', () => {
  assert.throws(() => new LogClient('ftp://logs.test', { WebSocket: class {} }), /http/);
});
