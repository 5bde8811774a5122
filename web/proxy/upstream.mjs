// Where the proxy sends calls, with which credentials, and how an answer is passed on.
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { Transform, pipeline } from 'node:stream';

const ANSWER_LIMIT = 16 * 1024 * 1024;
const PATIENCE = 30_000; // milliseconds for a whole call
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const SENT = ['content-type', 'content-length', 'if-match'];
const PASSED_ON = [
  'content-type',
  'content-length',
  'etag',
  'retry-after',
  'twilio-concurrent-requests',
  'twilio-error-code',
  'twilio-request-id',
];

// The user name and password that the environment has. Throws an Error that says what is missing.
export function credentials(environment) {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret } = environment;
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = environment;
  const [user, password] = key ? [key, secret] : [account, token];
  if (!user || !password) {
    throw new Error(
      'set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET',
    );
  }
  if (!/^(AC|SK)[0-9a-fA-F]{32}$/.test(user)) {
    const name = key ? 'TWILIO_API_KEY' : 'TWILIO_ACCOUNT_SID';
    throw new Error(`${name} should be ${key ? 'SK' : 'AC'} and 32 hexadecimal digits`);
  }
  return { user, password };
}

// Twilio's address for TWILIO_EDGE and TWILIO_REGION. An edge alone leads to the region us1.
export function twilioAddress({ TWILIO_EDGE: edge = '', TWILIO_REGION: region = '' }) {
  for (const [name, value] of Object.entries({ TWILIO_EDGE: edge, TWILIO_REGION: region })) {
    if (value && !LABEL.test(value))
      throw new Error(`${name} should be letters, digits and hyphens`);
  }
  const labels = ['taskrouter', edge, region || (edge && 'us1'), 'twilio.com'];
  return `https://${labels.filter(Boolean).join('.')}`;
}

// Another server than Twilio's, to try the page with: on this machine only.
export function loopbackAddress(text) {
  const { protocol, hostname, origin, pathname } = new URL(text);
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol !== 'http:' || !here || pathname !== '/') {
    throw new Error('the upstream should be http:// and a port of this machine');
  }
  return origin;
}

function limited() {
  let size = 0;
  return new Transform({
    transform(chunk, encoding, done) {
      size += chunk.length;
      done(size > ANSWER_LIMIT ? new Error('the answer is larger than 16 MiB') : null, chunk);
    },
  });
}

function pick(headers, names) {
  return Object.fromEntries(
    names.filter((name) => name in headers).map((name) => [name, headers[name]]),
  );
}

export class Upstream {
  #address;
  #authorization;
  #agent;
  #patience;

  // address: an origin. credentials: { user, password }.
  constructor(address, { user, password }, patience = PATIENCE) {
    this.#address = address;
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    this.#patience = patience;
    const Agent = address.startsWith('https:') ? SecureAgent : PlainAgent;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 16 });
  }

  // Sends the request with the credentials and streams the answer back. failed(status, message) is
  // called if there is none to stream.
  forward(request, response, failed) {
    const send = this.#address.startsWith('https:') ? secureRequest : plainRequest;
    const timeout = AbortSignal.timeout(this.#patience);
    const call = send(`${this.#address}${request.url}`, {
      method: request.method,
      agent: this.#agent,
      signal: timeout,
      headers: {
        ...pick(request.headers, SENT),
        accept: 'application/json',
        'accept-encoding': 'identity',
        authorization: this.#authorization,
        'user-agent': 'taskrouter-live-proxy',
      },
    });
    call.on('error', () => {
      if (response.headersSent) response.destroy();
      else if (timeout.aborted) failed(504, `No answer came from ${this.#address} in time.`);
      else failed(502, `No answer came from ${this.#address}.`);
    });
    call.on('response', (answer) => {
      if (answer.statusCode >= 300 && answer.statusCode < 400) {
        answer.resume();
        return failed(502, `${this.#address} answered with a redirect, which is not followed.`);
      }
      response.writeHead(answer.statusCode, {
        ...pick(answer.headers, PASSED_ON),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      return pipeline(answer, limited(), response, () => {});
    });
    response.on('close', () => call.destroy());
    request.pipe(call);
  }

  close() {
    this.#agent.destroy();
  }
}
