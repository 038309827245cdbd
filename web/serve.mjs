/** Serves dist/ on localhost, with the headers of its `_headers`: `node web/serve.mjs [--port N] [--folder PATH]`. */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '8080' },
    folder: { type: 'string', default: fileURLToPath(new URL('../dist/', import.meta.url)) },
  },
});

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The file a request means, or null; `normalize` of an absolute path cannot leave the folder. */
function fileFor(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const file = join(options.folder, path.endsWith('/') ? `${path}index.html` : path);
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** The build writes one block there, for every path. */
const POLICY = Object.fromEntries(
  readFileSync(join(options.folder, '_headers'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(' '))
    .map((line) => line.trim().split(/: (.*)/, 2)),
);

/** Nothing is taken: a photo shared to an app whose data were deleted comes as a POST, and is not read. */
function refuse(response) {
  response.writeHead(405, { ...POLICY, Allow: 'GET, HEAD', Connection: 'close' });
  response.end();
}

const server = createServer((request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response);
  const file = fileFor(request.url ?? '/');
  const headers = {
    'Content-Type': TYPES[extname(file ?? '')] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache',
    ...POLICY,
  };
  if (!file) headers['Content-Type'] = TYPES['.html'];
  response.writeHead(file ? 200 : 404, headers);
  createReadStream(file ?? join(options.folder, '404.html')).pipe(response);
});

/** A port in use is no reason to fail: take any free one. */
server.on('error', (error) => {
  if (error.code !== 'EADDRINUSE') throw error;
  server.listen(0, '127.0.0.1');
});
server.on('listening', () => console.log(`Lentigo is at http://localhost:${server.address().port}/ (Ctrl+C ends it)`));
server.listen(Number(options.port), '127.0.0.1');
