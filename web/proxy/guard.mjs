// Which requests the proxy takes: those of its own page that are a TaskRouter operation. Other pages
// and programs on this machine are kept out by three things that each suffice: the Host that only
// this address has, the Origin that only this page has, and a secret that only its link has.
import { createHash, timingSafeEqual } from 'node:crypto';

export const SECRET_HEADER = 'x-proxy-secret';
export const BODY_LIMIT = 1024 * 1024;

const SEGMENT = "[A-Za-z0-9_~%!$&'()*+,;=:@.-]+";

function digest(text) {
  return createHash('sha256').update(text).digest();
}

// Some servers decode a path before they walk it.
function leadsElsewhere(segment) {
  try {
    return /^\.{1,2}$|[/\\\0]/.test(decodeURIComponent(segment));
  } catch {
    return true; // Half a percent sign is no name either.
  }
}

// operations: as operations.json has them. Answers whether one of them has this method and target.
export function routes(operations) {
  const patterns = operations.map(({ method, path }) => {
    const source = path.replace(/\{\w+\}/g, SEGMENT);
    return { method, pattern: new RegExp(`^${source}$`) };
  });
  return (method, target) => {
    const path = target.split('?', 1)[0];
    if (!/^[\x21-\x7e]*$/.test(target) || target.includes('#')) return false;
    if (path.split('/').some(leadsElsewhere)) return false;
    return patterns.some((route) => route.method === method && route.pattern.test(path));
  };
}

export class Guard {
  #host;
  #secret;

  constructor(host, secret) {
    this.#host = host;
    this.#secret = digest(secret);
  }

  // A page of another name that was made to lead here (DNS rebinding) has another Host.
  isMeant({ headers }) {
    return headers.host === this.#host;
  }

  // Whether the request comes from the page that this server gave out, opened by its link.
  isOurs(request) {
    const { headers } = request;
    const { origin } = headers;
    if (!this.isMeant(request)) return false;
    if (origin !== undefined && origin !== `http://${this.#host}`) return false;
    if ((headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin') return false;
    return timingSafeEqual(digest(headers[SECRET_HEADER] ?? ''), this.#secret);
  }
}

// Why a body can't be passed on: { status, message }, or undefined.
export function bodyProblem({ method, headers }) {
  const length = headers['content-length'];
  if (headers['transfer-encoding'] !== undefined || (method === 'POST' && length === undefined)) {
    return { status: 411, message: 'The proxy needs a Content-Length.' };
  }
  if (Number(length ?? 0) > BODY_LIMIT) {
    return { status: 413, message: 'The proxy takes bodies of up to 1 MiB.' };
  }
  return undefined;
}
