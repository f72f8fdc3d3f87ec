import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startServer, token } from './server.js';

// The live page and, with it, the client in a real browser.
let server;
let browser;
let page;
const problems = [];

before(async () => {
  server = await startServer();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the page asks for a token, shows the tasks and follows one live', async () => {
  await server.write('build-1', 'compiling', '<b>not markup</b>');
  await page.goto(server.address);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByRole('button', { name: /build-1/ }).click();
  await page.getByText('<b>not markup</b>').waitFor();
  assert.equal(await page.locator('#state').textContent(), 'live');
  await server.write('build-1', 'linking');
  await page.getByText('linking').waitFor();
  assert.equal(page.url().includes(token), false);
});

test('the page goes on after the server was killed, without a line twice', async () => {
  await server.kill();
  await page.getByText('reconnecting').waitFor();
  await server.launch();
  await server.write('build-1', 'after the crash');
  await page.getByText('after the crash').waitFor();
  await server.request('PUT', '/api/v1/tasks/build-1/status', { status: 'FAILED', exitCode: 2 });
  await page.getByText('FAILED, exit code 2').waitFor();
  const rows = await page.locator('#lines div').allTextContents();
  assert.deepEqual(rows.map((row) => row.replace(/^[\d:.]+ /, '')), ['compiling', '<b>not markup</b>', 'linking', 'after the crash', 'FAILED, exit code 2']);
});

test('the browser runs no script but the page\'s own', async () => {
  await assert.rejects(page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    if (!globalThis.injected) {
      throw new Error('refused');
    }
  }), /refused/);
  // What the refusal, the killed server and the missing token at the start say to the console is expected; nothing else is.
  assert.deepEqual(problems.filter((text) => !/Content Security Policy|ERR_CONNECTION|WebSocket|401/.test(text)), []);
});
