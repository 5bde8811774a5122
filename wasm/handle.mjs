// From a callback's Request to its Response, as servers, workers and edge functions have them.
import { readBody } from './body.mjs';

const LIMIT = 1024 * 1024; // of a body, in bytes
const nothing = () => {};

// One step on the way: what is answered if it fails.
class Refused extends Error {
  constructor(response, cause) {
    super('refused', { cause });
    this.response = response;
  }
}

export function jsonResponse(status, body, headers) {
  return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });
}

// Twilio keeps it in its debugger, so it names no detail.
function refusal(status, message, headers) {
  return jsonResponse(status, JSON.stringify({ message }), headers);
}

async function orRefuse(step, refuse) {
  try {
    return await step();
  } catch (error) {
    throw new Refused(refuse(error), error);
  }
}

function unverified({ kind, field }) {
  if (kind !== 'body') return refusal(500, "the signature can't be checked");
  if (field === undefined) return refusal(400, "the body can't be read");
  return refusal(403, 'the request is not signed by Twilio');
}

// steps: verify({ url, signature, body }), read(body) to a callback, answer(callback) to a Response.
export async function handle(request, steps, { url = request.url, onProblem = nothing } = {}) {
  if (request.method !== 'POST') {
    return refusal(405, 'callbacks are sent by POST', { allow: 'POST' });
  }
  const signature = request.headers.get('x-twilio-signature');
  const unreadable = () => refusal(400, "the body can't be read");
  const unknown = () => refusal(400, 'the body is no callback of this kind');
  const failed = () => refusal(500, 'the callback was not handled');
  try {
    const body = await orRefuse(() => readBody(request, LIMIT), unreadable);
    await orRefuse(() => steps.verify({ url, signature, body }), unverified);
    const callback = await orRefuse(() => steps.read(body), unknown);
    return await orRefuse(() => steps.answer(callback), failed);
  } catch ({ response, cause }) {
    try {
      onProblem(cause);
    } catch {
      // Telling of a problem shall not be one more.
    }
    return response;
  }
}
