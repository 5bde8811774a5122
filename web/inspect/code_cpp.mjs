// A call as a C++ program with this library.
import { SECRET_FIELDS } from './code_call.mjs';
import { cppText } from './code_text.mjs';

const SIDS = {
  CA: 'CallSid',
  EV: 'EventSid',
  WA: 'ActivitySid',
  WK: 'WorkerSid',
  WQ: 'TaskQueueSid',
  WR: 'ReservationSid',
  WS: 'WorkspaceSid',
  WT: 'TaskSid',
  WW: 'WorkflowSid',
};

const KEYWORDS = ['template']; // A field of such a name has an underscore more in C++.

function valueOf(field, text) {
  if (SECRET_FIELDS[field.wire]) return field.name;
  switch (field.kind) {
    case 'sid':
      return `${SIDS[field.prefix]}{${cppText(text)}}`;
    case 'json':
      return `JsonText{${cppText(text)}}`;
    case 'enum':
      return `${field.cpp}::${text}`;
    case 'integer':
    case 'boolean':
      return text;
    case 'time':
      return `read_timestamp(${cppText(text)})`;
    default:
      return cppText(text);
  }
}

function member([field, texts]) {
  const values = texts.map((text) => valueOf(field, text));
  const name = KEYWORDS.includes(field.name) ? `${field.name}_` : field.name;
  return `.${name} = ${field.list ? `{${values.join(', ')}}` : values[0]},`;
}

// The members in their order; those of a struct inside it together.
function members(values, indent) {
  const lines = [];
  let inside;
  for (const value of values) {
    const group = value[0].inside;
    if (inside && inside !== group) lines.push(`${indent}},`);
    if (group && inside !== group) lines.push(`${indent}.${group} = {`);
    inside = group;
    lines.push(`${indent}${group ? '  ' : ''}${member(value)}`);
  }
  if (inside) lines.push(`${indent}},`);
  return lines;
}

function clientLine({ origin }) {
  if (origin === 'https://taskrouter.twilio.com') {
    return 'Client client{Credentials::from_environment(), transport};';
  }
  return `Client client{Endpoint{Credentials::from_environment(), {.base_url = ${cppText(origin)}}}, transport};`;
}

function secretLines(values) {
  return values
    .filter(([{ wire }]) => SECRET_FIELDS[wire])
    .flatMap(([{ name, wire }]) => [
      `  const char* ${name} = std::getenv("${SECRET_FIELDS[wire]}");`,
      `  if (${name} == nullptr) return std::cerr << "set ${SECRET_FIELDS[wire]}\\n", 1;`,
    ]);
}

export function cppCode(call) {
  const { operation, values } = call;
  const secrets = secretLines(values);
  return [
    ...(secrets.length > 0 ? ['#include <cstdlib>'] : []),
    '#include <iostream>',
    '#include <taskrouter/taskrouter.hpp>',
    '#include <taskrouter/transports/curl.hpp>',
    '',
    'using namespace taskrouter;',
    '',
    'int main() {',
    '  CurlTransport transport;',
    `  ${clientLine(call)}`,
    ...secrets,
    `  const auto answer = client.send(${operation.cpp}{`,
    ...members(values, '      '),
    '  });',
    "  if (!answer) return std::cerr << describe(answer.error()) << '\\n', 1;",
    '}',
  ].join('\n');
}
