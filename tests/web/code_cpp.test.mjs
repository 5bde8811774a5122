// The code for C++, compiled and run with a transport that only notes what it is given.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { codes, ENVIRONMENT, essence, inFolder } from './code.mjs';

const INCLUDE = fileURLToPath(new URL('../../include', import.meta.url));

// In the place of the transport over libcurl: it prints every request as a line of JSON.
const TRANSPORT = `#pragma once
#include <iostream>
#include <string>
#include <taskrouter/client.hpp>
#include <taskrouter/json_writer.hpp>
namespace taskrouter {
struct CurlTransport {
  Result<Response> send(const Request& request) {
    std::string out = "[\\"" + std::string{text(request.method)} + "\\"";
    const auto add = [&](std::string_view value) { detail::write_json_string(out += ',', value); };
    const std::string* if_match = request.headers.find("If-Match");
    add(request.url);
    add(request.body);
    add(if_match == nullptr ? std::string{} : *if_match);
    std::cout << out << "]\\n";
    return Response{.status = 404, .headers = {}, .body = {}};
  }
};
}
`;

const CALLS = codes('cpp');

// All programs as one: each main() becomes a function.
function asOne(programs) {
  const includes = new Set(programs.flatMap((code) => code.match(/^#include .*$/gm)));
  const bodies = programs.map((code, index) =>
    code
      .replace(/^#include .*\n/gm, '')
      .replace('using namespace taskrouter;', '')
      .replace('int main()', `int main_${index}()`)
      .replace(/\n}$/, '\n  return 0;\n}'),
  );
  const calls = programs.map((_, index) => `  main_${index}();`);
  return [...includes, 'using namespace taskrouter;', ...bodies, 'int main() {', ...calls, '}', ''].join('\n');
}

test('the C++ programs compile, and send the request that they were made from', () =>
  inFolder(async ({ write, run }) => {
    const program = write('all.cpp', asOne(CALLS.map(({ code }) => code)));
    await run('mkdir', '-p', 'stand-in/taskrouter/transports');
    write('stand-in/taskrouter/transports/curl.hpp', TRANSPORT);
    const options = ['-std=c++20', '-O0', '-Wall', '-Wextra', '-Werror', '-Istand-in', `-I${INCLUDE}`];
    await run('g++', ...options, '-o', 'all', program);
    const environment = Object.entries(ENVIRONMENT).map((pair) => pair.join('='));
    const { stdout } = await run('env', ...environment, './all');
    const sent = stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(sent.length, CALLS.length);
    for (const [index, [method, url, body, ifMatch]] of sent.entries()) {
      const { operation, request } = CALLS[index];
      if (operation.name.includes('BulkRealTime')) {
        assert.equal(body, request.body);
        continue;
      }
      const headers = ifMatch ? [['If-Match', ifMatch]] : [];
      assert.deepEqual(
        essence({ method, url, headers, fields: [...new URLSearchParams(body)] }),
        essence(request),
        operation.name,
      );
    }
  }));
