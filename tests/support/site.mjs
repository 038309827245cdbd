/* A server of files for tests and benchmarks, and a headless Chromium to visit it. Node only. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
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

function readFrom(folder, path) {
  try {
    const file = join(folder, normalize(path));
    return readFileSync(statSync(file).isDirectory() ? join(file, 'index.html') : file);
  } catch {
    return null;
  }
}

/**
 * Serve a folder on localhost, and `extra`: path to bytes or text, before it.
 * Gives { url, served: Map of path to bytes sent, close() }.
 */
export async function serve(folder, extra = {}) {
  const served = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const body = extra[path] ?? readFrom(folder, path);
    const type = TYPES[extname(path)] ?? (path.endsWith('/') ? 'text/html' : 'application/octet-stream');
    response.writeHead(body === null ? 404 : 200, { 'Content-Type': type, 'Cache-Control': 'max-age=600' });
    response.end(body ?? 'not here');
    if (body !== null) served.set(path, (served.get(path) ?? 0) + Buffer.byteLength(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, served, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A browser without a profile, with `more` arguments; close() it. */
export function launch(more = []) {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...more],
  });
}
