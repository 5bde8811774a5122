// What the tests of the proxy share: a server in Twilio's place, and a proxy in front of it.
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:http';
import { serveLive } from '../../web/proxy/proxy.mjs';

export const PAGE =
  process.env.TASKROUTER_PAGE ?? new URL('../../build/page', import.meta.url).pathname;
export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
export const TOKEN = 'token-that-nobody-may-see';
export const BASIC = Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64');
const ENVIRONMENT = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN };

async function bodyOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

// Sends exactly what it is told. Answers { status, headers, body }, or { error } for a connection that broke.
export function ask(origin, { method = 'GET', path = '/', headers = {}, body }) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const broken = (error) => resolve({ error });
    const call = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const { statusCode: status, headers: answered } = response;
      bodyOf(response).then((text) => resolve({ status, headers: answered, body: text }), broken);
    });
    call.on('error', broken);
    call.end(body);
  });
}

function ok(request, response) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{}');
}

// Runs play({ origin, secret, seen, logged, call }) with a proxy to a server that answers by
// answer(request, response, { body }).
// call(changes) is a request that the proxy takes, changed.
export function withProxy(play, answer = ok, options = {}) {
  return async () => {
    const seen = [];
    const logged = [];
    const upstream = createServer(async (got, response) => {
      const { method, url, headers } = got;
      const entry = { method, url, headers, body: '' };
      seen.push(entry);
      entry.body = await bodyOf(got).catch(() => 'broken off');
      answer(got, response, entry);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const address = `http://127.0.0.1:${upstream.address().port}`;
    const log = (line) => logged.push(line);
    const proxy = await serveLive(PAGE, { address, environment: ENVIRONMENT, log, ...options });
    const { origin, secret } = proxy;
    const call = ({ headers = {}, ...changes } = {}) => {
      const path = '/v1/Workspaces?PageSize=20';
      return ask(origin, { path, headers: { 'X-Proxy-Secret': secret, ...headers }, ...changes });
    };
    try {
      await play({ ...proxy, seen, logged, call, address });
    } finally {
      await proxy.close();
      upstream.closeAllConnections();
      await new Promise((resolve) => {
        upstream.close(resolve);
      });
    }
  };
}
