// A small static file server for the page: node web/serve.mjs DIR [--port N]
// It listens on the loopback address only, and serves nothing outside DIR.
import { createReadStream } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

// The file for a request target, or undefined when there is none inside root.
async function fileFor(root, target) {
  try {
    const path = decodeURIComponent(target.split(/[?#]/, 1)[0]);
    if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return undefined;
    let file = await realpath(join(root, path));
    if (file !== root && !file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    let info = await stat(file);
    if (info.isDirectory()) {
      if (!path.endsWith('/')) return { redirect: `${path}/` };
      file = await realpath(join(file, 'index.html'));
      if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      info = await stat(file);
    }
    return info.isFile() ? { file, size: info.size } : undefined;
  } catch {
    return undefined;
  }
}

const CODINGS = { br: '.br', gzip: '.gz' };

// The file as it goes over the wire: compressed if it stands beside it so, and the client takes that.
async function wireFile({ file, size }, accepted = '') {
  const codings = accepted.split(',').map((coding) => coding.trim());
  for (const [coding, ending] of Object.entries(CODINGS)) {
    if (!codings.includes(coding)) continue;
    const info = await lstat(file + ending).catch(() => undefined);
    if (info?.isFile()) return { file: file + ending, size: info.size, coding };
  }
  return { file, size };
}

function answer(response, status, text, headers = {}) {
  const body = `${text}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

// Answers with the file of root, a real path, that the request names.
export async function serveFile(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.resume();
    return answer(response, 405, 'Method not allowed', { Allow: 'GET, HEAD' });
  }
  const found = await fileFor(root, request.url);
  if (!found) return answer(response, 404, 'Not found');
  if (found.redirect) {
    // One leading slash only: a second one would name another host.
    const location = encodeURI(found.redirect.replace(/^\/+/, '/'));
    return answer(response, 301, 'Moved', { Location: location });
  }
  const { file, size, coding } = await wireFile(found, request.headers['accept-encoding']);
  response.writeHead(200, {
    'Content-Type': TYPES[extname(found.file)] ?? 'application/octet-stream',
    'Content-Length': size,
    ...(coding && { 'Content-Encoding': coding }),
    Vary: 'Accept-Encoding',
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

// Starts the server; resolves to { url, close }.
export async function serve(directory, port = 0) {
  const root = await realpath(directory);
  const server = createServer((request, response) => serveFile(root, request, response));
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections?.();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

function readArguments(words) {
  const [directory, flag, port, ...rest] = words;
  const valid =
    directory &&
    rest.length === 0 &&
    (flag === undefined || (flag === '--port' && /^\d{1,5}$/.test(port ?? '')));
  return valid ? { directory, port: Number(port ?? 0) } : undefined;
}

if (process.argv[1] && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
  const options = readArguments(process.argv.slice(2));
  if (!options) {
    console.error('usage: node web/serve.mjs DIR [--port N]');
    process.exit(2);
  }
  try {
    const { url } = await serve(options.directory, options.port);
    console.log(url);
  } catch (error) {
    console.error(`serve: ${error.message}`);
    process.exit(1);
  }
}
