// From a request back to the operation that made it: what the code in other languages is written from.
import { decoded } from '../page/router.mjs';

const DIGITS = /^-?\d{1,18}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

// Whether a value can stand for a field in every language.
function fits({ kind, prefix, names, list }, values) {
  if (values.length !== 1 && !list) return false;
  return values.every((value) => {
    if (kind === 'sid') return new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value);
    if (kind === 'integer') return DIGITS.test(value);
    if (kind === 'boolean') return value === 'true' || value === 'false';
    if (kind === 'enum') return names.includes(value);
    if (kind === 'time') return TIME.test(value);
    return true;
  });
}

function segmentsOf(path) {
  return path.split('/').slice(2); // '' and the version go.
}

function isParameter(segment) {
  return segment.startsWith('{');
}

// The parameters of a path that the template describes, by wire name; undefined if it does not.
function pathParameters(template, path) {
  const names = segmentsOf(template);
  const segments = segmentsOf(path);
  if (names.length !== segments.length) return undefined;
  const parameters = [];
  for (const [index, name] of names.entries()) {
    if (isParameter(name)) parameters.push([name.slice(1, -1), decoded(segments[index])]);
    else if (name !== segments[index]) return undefined;
  }
  return parameters;
}

// `/TaskQueues/Statistics` also looks like a queue's own path: the one with fewer parameters is meant.
function matchOf({ method, path }, operations) {
  const found = operations
    .filter((operation) => operation.method === method)
    .map((operation) => ({ operation, parameters: pathParameters(operation.path, path) }))
    .filter(({ parameters }) => parameters !== undefined);
  found.sort((a, b) => a.parameters.length - b.parameters.length);
  return found[0];
}

// The name of the operation that a request is, if it is one.
export function operationOf({ method, url }, operations) {
  return matchOf({ method, path: new URL(url).pathname }, operations)?.operation.name;
}

function pairsOf({ method, headers, fields, body }, url, operation) {
  const pairs = method === 'POST' ? [] : [...url.searchParams];
  const ifMatch = headers.find(([name]) => name.toLowerCase() === 'if-match');
  if (ifMatch) pairs.push(['If-Match', ifMatch[1]]);
  if (operation.fields.some(({ place }) => place === 'body')) pairs.push(['Body', body ?? '']);
  else pairs.push(...fields);
  return pairs;
}

// request: { method, url, headers, fields, body }. Answers { operation, values, origin }, where values
// are [field, texts] in the order of the operation's fields; undefined for what is none of the operations.
export function callOf(request, operations) {
  const url = new URL(request.url);
  const match = matchOf({ method: request.method, path: url.pathname }, operations);
  if (!match) return undefined;
  const { operation, parameters } = match;
  const texts = new Map();
  for (const [name, value] of [...parameters, ...pairsOf(request, url, operation)]) {
    texts.set(name, [...(texts.get(name) ?? []), value]);
  }
  const values = operation.fields
    .filter(({ wire }) => texts.has(wire))
    .map((field) => [field, texts.get(field.wire)]);
  const known = values.length === texts.size && values.every(([field, some]) => fits(field, some));
  const whole = operation.fields.every(({ wire, required }) => !required || texts.has(wire));
  return known && whole ? { operation, values, origin: url.origin } : undefined;
}

// The call as links of a chain: [{ collection: 'tasks', sid: 'WT...' }, { collection: 'reservations', sid }].
export function chainOf({ operation, values }) {
  const sids = new Map(
    values.filter(([{ place }]) => place === 'path').map(([{ wire }, [text]]) => [wire, text]),
  );
  const chain = [];
  for (const segment of segmentsOf(operation.path)) {
    if (isParameter(segment)) chain.at(-1).sid = sids.get(segment.slice(1, -1));
    else chain.push({ collection: segment, sid: undefined });
  }
  return chain;
}

// Fields whose values are nobody's to see, and the environment variables that stand in code for them.
export const SECRET_FIELDS = { SipAuthPassword: 'SIP_AUTH_PASSWORD' };

export const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-proxy-secret'];

// The environment variables of the credentials: [user, password].
export function credentialVariables(usesKey) {
  return usesKey
    ? ['TWILIO_API_KEY', 'TWILIO_API_SECRET']
    : ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'];
}
