import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { LogClient, LogServerError } from '../src/index.js';
import { until } from './fake-socket.js';
import { startServer, token } from './server.js';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const client = (options) => new LogClient(server.address, { token, WebSocket, ...options });

test('follow gives history and what comes after it, and ends with the task', async () => {
  await server.write('follow', 'one', 'two');
  const seen = [];
  const reading = (async () => {
    for await (const line of client().follow('follow')) {
      seen.push(line);
    }
  })();
  await until(() => seen.length === 2);
  await server.write('follow', 'three');
  await until(() => seen.length === 3);
  await server.request('PUT', '/api/v1/tasks/follow/status', { status: 'COMPLETED', exitCode: 0 });
  await reading;
  assert.deepEqual(seen.map((line) => line.message), ['one', 'two', 'three']);
  assert.deepEqual(seen.map((line) => line.seq), [1, 2, 3]);
  assert.match(seen[0].timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
});

test('a server that is killed and comes back loses and doubles nothing for its viewer', async () => {
  await server.write('killed', ...Array.from({ length: 50 }, (_, index) => `line ${index}`));
  const seen = [];
  const states = [];
  const subscription = client().subscribe('killed', { tail: 1000, backoff: { first: 20, longest: 100 } }, {
    onLines: (lines) => seen.push(...lines.map((line) => line.message)),
    onState: (state) => states.push(state),
  });
  await until(() => seen.length === 50);
  for (let round = 1; round <= 3; round++) {
    await server.kill();
    await until(() => states.at(-1) === 'reconnecting');
    await server.launch();
    await server.write('killed', ...Array.from({ length: 50 }, (_, index) => `line ${(round * 50) + index}`));
    await until(() => seen.length === 50 * (round + 1));
  }

  subscription.close();
  assert.deepEqual(seen, Array.from({ length: 200 }, (_, index) => `line ${index}`));
});

test('filters are the server\'s', async () => {
  await server.request('POST', '/api/v1/tasks/filter/logs', [
    { source: 'stdout', level: 'INFO', message: 'fine' },
    { source: 'stderr', level: 'ERROR', message: 'broken pipe' },
    { source: 'stderr', level: 'FATAL', message: 'out of memory' },
    { source: 'stdout', level: 'ERROR', message: 'broken plate' },
  ]);
  const messages = [];
  for await (const line of client().follow('filter', { sources: ['stderr'], levels: ['ERROR'], realtime: false })) {
    messages.push(line.message);
  }

  assert.deepEqual(messages, ['broken pipe', 'out of memory']);
  const page = await client().read('filter', { q: 'BROKEN', afterSeq: 2 });
  assert.deepEqual(page.content.map((line) => line.message), ['broken plate']);
});

test('a subscription goes on after a cursor', async () => {
  await server.write('cursor', 'a', 'b', 'c');
  const messages = [];
  for await (const line of client().follow('cursor', { afterSeq: 2, realtime: false })) {
    messages.push(line.message);
  }

  assert.deepEqual(messages, ['c']);
});

test('a wrong token fails, over both ways', async () => {
  const errors = [];
  const wrong = client({ token: 'wrong' });
  const subscription = wrong.subscribe('follow', { backoff: { first: 1, longest: 2 } }, { onError: (error) => errors.push(error) });
  await until(() => subscription.state === 'failed');
  assert.equal(errors.at(-1).code, 'UNAUTHORIZED');
  await assert.rejects(wrong.read('follow'), (error) => error instanceof LogServerError && error.code === 'UNAUTHORIZED' && error.status === 401);
});

test('a task that does not exist fails, and one that is waited for comes', async () => {
  const missing = client().subscribe('missing');
  await until(() => missing.state === 'failed');
  const seen = [];
  const waiting = client().subscribe('later', { waitForTask: true, backoff: { first: 20, longest: 50 } }, {
    onLines: (lines) => seen.push(...lines.map((line) => line.message)),
  });
  await until(() => waiting.state === 'reconnecting');
  await server.write('later', 'here');
  await until(() => seen.length === 1);
  waiting.close();
});

test('tasks are listed, the last written to first', async () => {
  await server.write('list-1', 'x');
  await server.write('list-2', 'x');
  const { content } = await client().tasks();
  assert.deepEqual(content.slice(0, 2).map((task) => task.id), ['list-2', 'list-1']);
});
