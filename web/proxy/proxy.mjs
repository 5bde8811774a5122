// Serves the page together with a proxy to Twilio that holds the credentials, so that the page needs
// none and the browser's rule against calls to other hosts (CORS) does not matter.
//   node web/proxy/proxy.mjs DIR [--port N] [--upstream URL]
//   node web/proxy/proxy.mjs --check      says whether the environment has what it needs
// It reads TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, and
// TWILIO_EDGE and TWILIO_REGION. --upstream is for tests: another server on this machine.
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveFile } from '../serve.mjs';
import { Guard, bodyProblem, routes } from './guard.mjs';
import { Upstream, credentials, loopbackAddress, twilioAddress } from './upstream.mjs';

const PROTECTION = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

function answer(response, status, body) {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

function refuse(request, response, status, message) {
  request.resume();
  answer(response, status, { status, message });
}

function isCall(target) {
  return target.startsWith('/v1') || target.split('?', 1)[0] === '/proxy.json';
}

function handler({ root, guard, isRoute, upstream, about, log }) {
  const call = (request, response) => {
    if (!guard.isOurs(request)) {
      log('refused a call that did not come from the page');
      return refuse(request, response, 403, 'The proxy serves its own page only: open its link.');
    }
    if (request.url === '/proxy.json' && request.method === 'GET')
      return answer(response, 200, about);
    if (!isRoute(request.method, request.url)) {
      return refuse(request, response, 404, "The proxy knows TaskRouter's operations only.");
    }
    const problem = bodyProblem(request);
    if (problem) return refuse(request, response, problem.status, problem.message);
    const start = performance.now();
    const line = `${request.method} ${request.url.split('?', 1)[0]}`;
    response.on('close', () =>
      log(`${line} ${response.statusCode} ${Math.round(performance.now() - start)} ms`),
    );
    return upstream.forward(request, response, (status, message) =>
      refuse(request, response, status, message),
    );
  };
  return (request, response) => {
    for (const [name, value] of Object.entries(PROTECTION)) response.setHeader(name, value);
    if (!guard.isMeant(request))
      return refuse(request, response, 403, 'Open the link of the proxy.');
    return isCall(request.url) ? call(request, response) : serveFile(root, request, response);
  };
}

// Starts the server; resolves to { url, origin, secret, close }. The url holds the secret where
// browsers keep it to themselves: behind the #.
export async function serveLive(directory, options) {
  const { address, environment = process.env, port = 0, log = () => {}, patience } = options;
  const root = await realpath(directory);
  const { operations } = JSON.parse(await readFile(join(root, 'operations.json'), 'utf8'));
  const { user, password } = credentials(environment);
  const upstream = new Upstream(address, { user, password }, patience);
  const secret = randomBytes(24).toString('base64url');
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 });
  server.maxConnections = 64;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${server.address().port}`;
  const guard = new Guard(host, secret);
  const about = { address, account: user };
  server.on('request', handler({ root, guard, isRoute: routes(operations), upstream, about, log }));
  const close = () =>
    new Promise((resolve) => {
      upstream.close();
      server.close(resolve);
      server.closeAllConnections?.();
    });
  return { url: `http://${host}/#proxy=${secret}`, origin: `http://${host}`, secret, close };
}

function readArguments([directory, ...words]) {
  const options = { directory, port: 0 };
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    if (words[at] === '--port' && /^\d{1,5}$/.test(value ?? '')) options.port = Number(value);
    else if (words[at] === '--upstream' && value) options.upstream = value;
    else return undefined;
  }
  return directory ? options : undefined;
}

// Whether the environment has what is needed; says what is missing.
function check() {
  try {
    credentials(process.env);
    twilioAddress(process.env);
    return 0;
  } catch (error) {
    console.error(`live: ${error.message}`);
    return 1;
  }
}

async function run() {
  if (process.argv.length === 3 && process.argv[2] === '--check') return check();
  const options = readArguments(process.argv.slice(2));
  if (!options) {
    console.error('usage: node web/proxy/proxy.mjs DIR [--port N] [--upstream URL]');
    return 2;
  }
  try {
    const { directory, port, upstream } = options;
    const address = upstream ? loopbackAddress(upstream) : twilioAddress(process.env);
    const { url } = await serveLive(directory, {
      address,
      port,
      log: (line) => console.error(line),
    });
    console.log(url);
    console.error(`Calls go to ${address}. The link works until this ends; keep it to yourself.`);
    return 0;
  } catch (error) {
    console.error(`live: ${error.message}`);
    return 1;
  }
}

if (process.argv[1] && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
  process.exitCode = await run();
}
