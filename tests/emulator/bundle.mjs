// As much of a bundler as the SDK needs to run in a page: its modules and theirs, in one script.
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';

// What a package has for pages instead of what it has for Node.
const forPages = {
  'twilio-taskrouter': (main) => main.replace('index.commonjs2', 'index.window'),
  axios: (main) => join(main, '../../browser/axios.cjs'),
};

// Pages have sockets of their own, and `events` is a package too.
const isOnlyInNode = (name) => name === 'ws' || (isBuiltin(name) && name !== 'events');

// A script that leaves the module `name` behind as globalThis[global].
export function bundle(name, global) {
  const modules = new Map();
  const add = (file) => {
    if (modules.has(file)) return;
    const text = readFileSync(file, 'utf8');
    const links = {};
    modules.set(file, { text, links });
    for (const [, wanted] of text.matchAll(/\brequire\(['"]([^'"]+)['"]\)/g)) {
      if (isOnlyInNode(wanted)) continue;
      links[wanted] = resolve(file, wanted);
      add(links[wanted]);
    }
  };
  const resolve = (from, wanted) => {
    const main = createRequire(from).resolve(wanted === 'events' ? 'events/' : wanted);
    return forPages[wanted]?.(main) ?? main;
  };
  const entry = resolve(import.meta.url, name);
  add(entry);
  const defined = [...modules].map(([file, { text, links }]) =>
    `${JSON.stringify(file)}: [${JSON.stringify(links)}, function (module, exports, require) {${text}\n}]`);
  return `{
  const modules = { ${defined.join(',\n')} };
  const loaded = {};
  const load = (file) => {
    if (loaded[file]) return loaded[file].exports;
    const [links, run] = modules[file];
    const module = loaded[file] = { exports: {} };
    run.call(module.exports, module, module.exports, (name) => (links[name] ? load(links[name]) : {}));
    return module.exports;
  };
  globalThis[${JSON.stringify(global)}] = load(${JSON.stringify(entry)});
}`;
}
