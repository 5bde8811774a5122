// A stranger's project: the package's tarball, installed, type-checked and run.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGE = process.env.TASKROUTER_NPM ?? join(HERE, '../../../build/npm');
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const OPTIONS = ['--strict', '--target', 'es2022', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable', '--noEmit'];
const skip = spawnSync('npm', ['--version']).status !== 0 && 'npm is not installed';

let folder;
let project;
const run = (program, ...words) => execFileSync(program, words, { cwd: project, encoding: 'utf8' });
const npm = (...words) => run('npm', ...words, '--offline', '--cache', join(folder, 'cache'));

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskrouter-npm-'));
  project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name":"project","private":true,"type":"module"}');
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('npm pack holds what the package needs, and nothing else', { skip }, () => {
  const [{ files }] = JSON.parse(npm('pack', PACKAGE, '--json', '--pack-destination', folder));
  const names = files.map(({ path }) => path);
  const made = readdirSync(PACKAGE).filter((name) => /\.(mjs|wasm|d\.ts)$/.test(name));
  assert.ok(made.length > 20, String(made));
  assert.deepEqual(names.sort(), [...made, 'LICENSE', 'README.md', 'package.json'].sort());
});

test('the tarball can be installed, and brings nothing along', { skip }, () => {
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  assert.match(npm('install', '--no-audit', '--no-fund', join(folder, tarball)), /added 1 package/);
  assert.deepEqual(readdirSync(join(project, 'node_modules')).filter((name) => name[0] !== '.'), ['taskrouter']);
});

test('its types fit, and tell wrong from right', { skip }, () => {
  const sources = readdirSync(HERE).filter((name) => name.endsWith('.mts'));
  for (const name of sources) copyFileSync(join(HERE, name), join(project, name));
  for (const how of [['--module', 'nodenext'], ['--module', 'esnext', '--moduleResolution', 'bundler']]) {
    const { status, stdout } = spawnSync(process.execPath, [TSC, ...OPTIONS, ...how, ...sources], { cwd: project, encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  }
});

test('it runs, by each of its names', { skip }, () => {
  copyFileSync(join(HERE, '../../examples/quick_start.mjs'), join(project, 'quick_start.mjs'));
  assert.equal(run(process.execPath, 'quick_start.mjs'), 'pending\n');
  writeFileSync(join(project, 'names.mjs'), `
    import * as all from 'taskrouter';
    import * as emulator from 'taskrouter/emulator';
    import * as webhooks from 'taskrouter/webhooks';
    import * as workflow from 'taskrouter/workflow';
    console.log([all, emulator, webhooks, workflow].map((names) => Object.keys(names).join(' ')).join('; '));
    console.log(import.meta.resolve('taskrouter/taskrouter.wasm').endsWith('/node_modules/taskrouter/taskrouter.wasm'));
  `);
  const names = 'Emulator TaskRouter TaskRouterError retrying; Emulator; Webhooks; Workflows';
  assert.equal(run(process.execPath, 'names.mjs'), `${names}\ntrue\n`);
});
