// The package's types say what everything is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { PACKAGE } from './package.mjs';

const NAMES = ['operations', 'callbacks', 'taskrouter', 'emulator', 'retry', 'webhooks', 'workflow'];

function parse(name) {
  const text = readFileSync(new URL(`${name}.d.ts`, PACKAGE), 'utf8');
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

// Every declaration that is exported, and every member of one, with its path.
function* declarations(node, path) {
  const isMember = ts.isTypeElement(node) || ts.isClassElement(node);
  const isExported = ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const isNamed = node.name && (isMember || isExported) && !ts.isConstructorDeclaration(node);
  const here = isNamed ? [...path, node.name.getText()] : path;
  if (isNamed) yield { node, path: here.join('.') };
  for (const child of node.getChildren()) yield* declarations(child, here);
}

const commentOf = (node) => ts.getJSDocCommentsAndTags(node).map((doc) => doc.getText()).join('');

test('every operation and every field of the 61 has its comment', () => {
  const found = [...declarations(parse('operations'), [])].filter(({ path }) => path.startsWith('Operations.'));
  const operations = found.filter(({ path }) => path.split('.').length === 2);
  const fields = found.filter(({ path }) => path.includes('.fields.'));
  assert.equal(operations.length, 61);
  assert.ok(fields.length > 300, `${fields.length} fields`);
  for (const { node, path } of operations) assert.match(commentOf(node), /\w\.\n[^]*`(GET|POST|DELETE) \/v1\/Workspaces/, path);
  for (const { node, path } of fields) assert.match(commentOf(node), /\w/, path);
});

test('so has everything else that is exported, and every field of resources, callbacks and classes', () => {
  const isPlain = ({ path }) => /^Operations\.\w+\.(fields|output)$|^\w+\.others\./.test(path);
  for (const name of NAMES) {
    const isWhole = ['operations', 'callbacks'].includes(name);
    const isMeant = ({ node, path }) => isWhole || !path.includes('.') || ts.isClassElement(node);
    const silent = [...declarations(parse(name), [])]
      .filter((found) => isMeant(found) && !isPlain(found) && !/\w/.test(commentOf(found.node)));
    assert.deepEqual(silent.map(({ path }) => path), [], name);
  }
});

test('no comment speaks of C++', () => {
  for (const name of NAMES) {
    for (const { node, path } of declarations(parse(name), [])) assert.doesNotMatch(commentOf(node), /std::|_json|\(\) and/, path);
  }
});
