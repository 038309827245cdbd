/*
 * WebKitGTK, driven by W3C WebDriver over plain HTTP; it wants a display, so it gets a virtual one. Only what the
 * tests of the main path need. Node only.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MACHINE = { arm64: 'aarch64', x64: 'x86_64' }[process.arch];
const MINIBROWSER = process.env.MINIBROWSER ?? `/usr/lib/${MACHINE}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A port that is free now. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A display nobody sees; the server picks a free number and says which on its third descriptor. */
async function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return { server, display: `:${number}` };
}

async function command(base, method, path, body) {
  const response = await fetch(`${base}${path}`, { method, body: body === undefined ? null : JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${path}: ${value.error}: ${value.message}`), { name: value.error });
  return value;
}

/** Ask until there is an answer: the driver needs a moment to begin. */
async function whenUp(base) {
  for (let attempt = 0; ; attempt++) {
    const up = await command(base, 'GET', '/status').catch(() => null);
    if (up?.ready) return;
    if (attempt > 200) throw new Error('WebKitWebDriver does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill();
  });
}

/** { goto, reload, has, evaluate, upload, close } */
export async function launchWebKit() {
  const home = mkdtempSync(join(tmpdir(), 'lentigo-webkit-'));
  const { server, display } = await startDisplay();
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: display,
    HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    NO_AT_BRIDGE: '1',
  };
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  const end = async () => {
    await stop(driver);
    await stop(server);
    /* The browser's own processes write there to the last. */
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    await whenUp(base);
    const options = { binary: MINIBROWSER, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = await command(base, 'POST', '/session', { capabilities });
    return session(`${base}/session/${sessionId}`, end);
  } catch (error) {
    await end();
    throw error;
  }
}

function session(base, end) {
  const find = async (selector) => {
    const found = await command(base, 'POST', '/elements', { using: 'css selector', value: selector });
    return found.map((element) => element[ELEMENT]);
  };
  const evaluate = (script, ...args) =>
    command(base, 'POST', '/execute/sync', { script: `return (${script})(...arguments)`, args });
  return {
    goto: (url) => command(base, 'POST', '/url', { url }),
    reload: () => command(base, 'POST', '/refresh', {}),
    has: async (selector) => (await find(selector)).length > 0,
    evaluate,
    async upload(selector, file) {
      const [input] = await find(selector);
      await command(base, 'POST', `/element/${input}/value`, { text: file });
    },
    async close() {
      await command(base, 'DELETE', '').catch(() => undefined);
      await end();
    },
  };
}
