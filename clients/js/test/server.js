import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './fake-socket.js';

const program = process.env.FLATNETD ?? fileURLToPath(new URL('../../../artifacts/server/flatnetd', import.meta.url));

export const token = 'javascript-admin-token-0123456789abcdef';

/** The published log server on a loopback port that it keeps over restarts, with data of its own. */
export async function startServer() {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'flatnet-js-'));
  const address = `http://127.0.0.1:${port}`;
  let child = null;
  let errors = '';

  async function launch() {
    child = spawn(program, ['serve'], {
      env: { ...process.env, FLATNET_SERVER_LISTEN: `127.0.0.1:${port}`, FLATNET_DATA_DIR: data, FLATNET_ADMIN_TOKEN: token },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (text) => { errors += text; });
    await until(async () => {
      if (child.exitCode !== null) {
        throw new Error(`flatnetd ended with ${child.exitCode}: ${errors}`);
      }

      return (await fetch(`${address}/ready`).catch(() => null))?.ok;
    }, 30_000);
  }

  async function kill(signal = 'SIGKILL') {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    }
  }

  async function request(method, path, body) {
    const response = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }

    return response.json();
  }

  await launch();
  return {
    address,
    launch,
    kill,
    request,
    write: (task, ...messages) =>
      request('POST', `/api/v1/tasks/${task}/logs`, messages.map((message) => ({ source: 'stdout', level: 'INFO', message }))),
    async stop() {
      await kill('SIGTERM');
      await rm(data, { recursive: true });
    },
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
