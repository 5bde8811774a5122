// A call in Node, Python and PHP, with Twilio's libraries.
import { SECRET_FIELDS, chainOf, credentialVariables } from './code_call.mjs';
import { nodeText, phpText, pythonText } from './code_text.mjs';

const STATISTICS = /Statistics$/;
const SINGULAR = { Activities: 'activity' };

function camelCase(name) {
  return name[0].toLowerCase() + name.slice(1);
}

function snakeCase(name) {
  return camelCase(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

// What Twilio's libraries call a collection of a path.
function collectionName({ chain, index }) {
  const { collection } = chain[index];
  const parent = chain[index - 1];
  if (collection === 'Channels' && parent?.collection === 'Workers') return 'WorkerChannels';
  if (collection === 'RealTimeStatistics' && parent?.collection === 'TaskQueues' && !parent.sid) {
    return 'BulkRealTimeStatistics';
  }
  return collection;
}

// What is done with the last link, in the words of Node's library.
function verbOf({ operation, values }, chain) {
  const { name } = operation;
  const paged = values.some(([{ wire }]) => wire === 'PageToken' || wire === 'Page');
  if (name.startsWith('List')) return paged ? 'page' : 'list';
  if (name.startsWith('Delete')) return 'remove';
  if (name.startsWith('Fetch')) return 'fetch';
  return chain.at(-1).sid ? 'update' : 'create';
}

// The link before a statistic is fetched is a thing, not a collection: it is called without a SID.
function isCalled(link, verb) {
  return STATISTICS.test(link.collection) && verb === 'fetch';
}

function links(call, rename, text) {
  const chain = chainOf(call);
  const verb = verbOf(call, chain);
  const names = chain.map((link, index) => {
    const name = rename(collectionName({ chain, index }));
    if (link.sid !== undefined) return `${name}(${text(link.sid)})`;
    return isCalled(link, verb) ? `${name}()` : name;
  });
  return { names, verb };
}

function literal(field, value, language) {
  const variable = SECRET_FIELDS[field.wire];
  if (variable) return language.variable(variable);
  if (field.kind === 'integer') return value;
  if (field.kind === 'boolean') return language.boolean(value);
  if (field.kind === 'time') return language.time(value);
  return language.text(value);
}

function argument([field, texts], language) {
  const all = texts.map((text) => literal(field, text, language));
  return field.list ? `[${all.join(', ')}]` : all[0];
}

// The arguments behind the path: [name on the wire, code, field]. A page's size is a limit to Twilio's
// libraries, which go on to the next page without one.
function argumentsOf({ values }, verb, language) {
  const names =
    verb === 'list' ? { PageSize: 'Limit' } : { Page: 'PageNumber', 'If-Match': 'IfMatch' };
  return values
    .filter(([{ place }]) => place !== 'path')
    .map((value) => [names[value[0].wire] ?? value[0].wire, argument(value, language), value[0]]);
}

function resultName({ operation }, verb) {
  const last = operation.path
    .split('/')
    .filter((part) => !part.startsWith('{'))
    .at(-1);
  if (verb === 'list' || verb === 'page') return verb === 'page' ? 'page' : last;
  return SINGULAR[last] ?? (STATISTICS.test(last) ? last : last.replace(/s$/, ''));
}

function hostNote({ origin }, mark) {
  if (origin === 'https://taskrouter.twilio.com') return [];
  return [
    `${mark} The call went to ${origin}. Twilio's library calls Twilio unless told otherwise.`,
  ];
}

const NODE = {
  text: nodeText,
  boolean: String,
  time: (value) => `new Date(${nodeText(value)})`,
  variable: (name) => `process.env.${name}`,
};

function nodeArguments(call, verb) {
  const body = call.values.find(([{ place }]) => place === 'body');
  if (body) return `JSON.parse(${nodeText(body[1][0])})`;
  const lines = argumentsOf(call, verb, NODE).map(
    ([name, code]) => `  ${camelCase(name)}: ${code},`,
  );
  return lines.length > 0 ? `{\n${lines.join('\n')}\n}` : '';
}

export function nodeCode(call, { usesKey = false } = {}) {
  const { names, verb } = links(call, camelCase, nodeText);
  const secrets = credentialVariables(usesKey).map(NODE.variable);
  if (usesKey) secrets.push('{ accountSid: process.env.TWILIO_ACCOUNT_SID }');
  const send = `await client.taskrouter.v1.${names.join('.')}.${verb}(${nodeArguments(call, verb)});`;
  const result = camelCase(resultName(call, verb));
  return [
    "import twilio from 'twilio';",
    '',
    ...hostNote(call, '//'),
    `const client = twilio(${secrets.join(', ')});`,
    ...(verb === 'remove' ? [send] : [`const ${result} = ${send}`, `console.log(${result});`]),
  ].join('\n');
}

const DROPPED = '# Careful: version 9.11 of the library, for one, drops if_match here and deletes in any case.';

const PYTHON = {
  text: pythonText,
  boolean: (value) => (value === 'true' ? 'True' : 'False'),
  time: pythonText,
  variable: (name) => `os.environ["${name}"]`,
};

export function pythonCode(call, { usesKey = false } = {}) {
  const { names, verb } = links(call, snakeCase, pythonText);
  const secrets = credentialVariables(usesKey).map(PYTHON.variable);
  if (usesKey) secrets.push(PYTHON.variable('TWILIO_ACCOUNT_SID'));
  const lines = argumentsOf(call, verb, PYTHON).map(([name, code]) => {
    const own = snakeCase(name);
    return `    ${own === 'from' ? 'from_' : own}=${code},`;
  });
  const given = lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
  const method = verb === 'remove' ? 'delete' : verb;
  const send = `client.taskrouter.v1.${names.join('.')}.${method}(${given})`;
  const isConditional = call.values.some(([{ place }]) => place === 'header');
  const result = snakeCase(resultName(call, verb));
  return [
    'import os',
    'from twilio.rest import Client',
    '',
    ...hostNote(call, '#'),
    ...(verb === 'remove' && isConditional ? [DROPPED] : []),
    `client = Client(${secrets.join(', ')})`,
    ...(verb === 'remove' ? [send] : [`${result} = ${send}`, `print(${result})`]),
  ].join('\n');
}

const PHP = {
  text: phpText,
  boolean: String,
  time: phpText,
  variable: (name) => `getenv('${name}')`,
};
const PHP_VERBS = { list: 'read', remove: 'delete' };
const BEHIND_WORKER =
  '// The library has these statistics of all workers behind one worker: which one makes no difference.';

function isBehindWorker({ operation }) {
  return /\/Workers\/(Cumulative|RealTime)Statistics$/.test(operation.path);
}

// What is required comes first and alone, then an array of what is optional where there is such, then a
// list's limit.
function phpArguments(call, verb) {
  const all = argumentsOf(call, verb, PHP);
  const apart = (name) => ['Limit', 'PageSize', 'PageToken', 'PageNumber'].includes(name);
  const code = (name) => all.find(([own]) => own === name)?.[1];
  const required = all.filter(([, , field]) => field.required).map(([, own]) => own);
  const options = all.filter(([name, , field]) => !field.required && !apart(name));
  const takesOptions = call.operation.fields.some(
    ({ wire, place, required }) => place !== 'path' && !required && !apart(wire) && wire !== 'Page',
  );
  const lines = options.map(([name, own]) => `    '${camelCase(name)}' => ${own},`);
  const array = lines.length > 0 ? `[\n${lines.join('\n')}\n]` : undefined;
  const none = takesOptions ? ['[]'] : [];
  const given = array ? [...required, array] : required;
  if (verb === 'list' && code('Limit')) given.push(...(array ? [] : none), code('Limit'));
  if (verb === 'page') {
    given.push(...(array ? [] : none), code('PageSize') ?? '50', code('PageToken') ?? "''");
    if (code('PageNumber')) given.push(code('PageNumber'));
  }
  return given.join(', ');
}

export function phpCode(call, { usesKey = false } = {}) {
  const { names, verb } = links(call, camelCase, phpText);
  const isBehind = isBehindWorker(call);
  if (isBehind) names[names.indexOf('workers')] = "workers('')";
  const secrets = credentialVariables(usesKey).map(PHP.variable);
  if (usesKey) secrets.push(PHP.variable('TWILIO_ACCOUNT_SID'));
  const method = PHP_VERBS[verb] ?? verb;
  const send = `$client->taskrouter->v1->${names.join('->')}->${method}(${phpArguments(call, verb)});`;
  const result = `$${camelCase(resultName(call, verb))}`;
  return [
    '<?php',
    "require_once 'vendor/autoload.php';",
    '',
    'use Twilio\\Rest\\Client;',
    '',
    ...hostNote(call, '//'),
    ...(isBehind ? [BEHIND_WORKER] : []),
    `$client = new Client(${secrets.join(', ')});`,
    ...(verb === 'remove' ? [send] : [`${result} = ${send}`, `print_r(${result});`]),
  ].join('\n');
}
