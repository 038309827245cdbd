/* A server of files for tests and benchmarks, and a headless Chromium to visit it. Node only. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import puppeteer from 'puppeteer-core';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** With these a page is by itself, and its workers may share memory. */
export const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const COMPRESSIBLE = /^text\/|json|wasm/;
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function readFrom(folder, path) {
  try {
    const file = join(folder, normalize(path));
    return readFileSync(statSync(file).isDirectory() ? join(file, 'index.html') : file);
  } catch {
    return null;
  }
}

/** What the folder's `_headers` wants on every answer. */
function readHeaders(folder) {
  const lines = readFileSync(join(folder, '_headers'), 'utf8').split('\n');
  return Object.fromEntries(lines.filter((line) => line.startsWith(' ')).map((line) => line.trim().split(/: (.*)/, 2)));
}

/**
 * Serve a folder on localhost, and `extra`: path to bytes or text, before it; `headers`: send what its
 * `_headers` says, or `head`: these; `compressed`: send text and WebAssembly as brotli, as hosts do; `port`: any free one where none is said;
 * `odd(path, response, request)`: true where it has answered in its own way.
 * Gives { url, served: Map of path to bytes sent, asked: ['GET /path'], close() }.
 */
export async function serve(
  folder,
  extra = {},
  { headers = false, head = {}, compressed = false, port = 0, odd = () => false } = {},
) {
  const served = new Map();
  const asked = [];
  const more = headers ? readHeaders(folder) : head;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    asked.push(`${request.method} ${request.url}`);
    if (odd(path, response, request)) return;
    const body = extra[path] ?? readFrom(folder, path);
    const type = TYPES[extname(path)] ?? (path.endsWith('/') ? 'text/html' : 'application/octet-stream');
    const smaller = compressed && body !== null && COMPRESSIBLE.test(type);
    const encoding = smaller ? { 'Content-Encoding': 'br' } : {};
    const head = { 'Content-Type': type, 'Cache-Control': 'max-age=600', ...encoding, ...more };
    response.writeHead(body === null ? 404 : 200, head);
    response.end(smaller ? brotliCompressSync(body, QUICK) : (body ?? 'not here'));
    if (body !== null) served.set(path, (served.get(path) ?? 0) + Buffer.byteLength(body));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    /* Else it would wait for what the browser has opened and not used. */
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, served, asked, close };
}

/** A server that answers everything and notes what reached it: { url, hits: ['GET /path'], connections(), close() }. */
export async function serveElsewhere() {
  const hits = [];
  let connections = 0;
  const note = ({ method, url }) => hits.push(`${method} ${url}`);
  const server = createServer((request, response) => {
    note(request);
    const type = request.url.endsWith('.html') ? 'text/html' : 'text/javascript';
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': type });
    response.end('');
  });
  server.on('upgrade', (request, socket) => {
    note(request);
    socket.destroy();
  });
  server.on('connection', () => connections++);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, hits, connections: () => connections, close };
}

/** A browser without a profile, with `more` arguments; close() it. */
export function launch(more = []) {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...more],
  });
}
