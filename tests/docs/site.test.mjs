// The documentation's site: everything public is in it, and every link leads somewhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = process.env.TASKROUTER_DOCS ?? join(root, 'build/docs');
const warnings = process.env.TASKROUTER_DOCS_WARNINGS ?? join(root, 'build/web/docs/warnings.txt');
const skip = !existsSync(site) && "the documentation's site was not built: doxygen or typescript is not installed";

const pages = skip ? [] : readdirSync(site).filter((name) => name.endsWith('.html'));
const texts = new Map(pages.map((name) => [name, readFileSync(join(site, name), 'utf8')]));
const anchorsOf = (html) => new Set([...html.matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id]) => id));
const anchors = new Map([...texts].map(([name, html]) => [name, anchorsOf(html)]));
const unescape = (text) => text.replace(/&amp;/g, '&');

test('Doxygen complains of nothing: all that is public is documented', { skip }, () => {
  assert.equal(readFileSync(warnings, 'utf8').replaceAll(root, ''), '');
});

test('every link within leads to a page and a place on it', { skip }, () => {
  const lost = [];
  let links = 0;
  for (const [page, html] of texts) {
    for (const [, href] of html.matchAll(/<(?:a|link)\b[^>]* href="([^"]*)"/g)) {
      if (/^(https?|data):/.test(href)) continue;
      links += 1;
      const [file, anchor] = unescape(href).split('#');
      const target = file || page;
      const isThere = texts.has(target) ? !anchor || anchors.get(target).has(anchor) : existsSync(join(site, target));
      if (!isThere) lost.push(`${page}: ${href}`);
    }
  }
  assert.ok(links > 5000, `${links} links`);
  assert.deepEqual(lost, []);
});

const AWAY = /^https:\/\/(www\.twilio\.com|url\.spec\.whatwg\.org)\//;

test('links that lead away lead to Twilio or a standard, and nothing is loaded from elsewhere', { skip }, () => {
  for (const [page, html] of texts) {
    for (const [, url] of html.matchAll(/<a\b[^>]* href="(https?:[^"]*)"/g)) assert.match(url, AWAY, page);
    assert.doesNotMatch(html, /<(?:script|img|link|iframe|source)\b[^>]* (?:src|href)="(?:https?:)?\/\//, page);
    assert.doesNotMatch(html, /<script\b(?![^>]* src=)| on\w+="|javascript:/, page);
    for (const [, src] of html.matchAll(/<(?:script|img)\b[^>]* src="([^"]+)"/g)) {
      assert.ok(existsSync(join(site, src)), `${page}: ${src}`);
    }
  }
  const sheets = readdirSync(site).filter((name) => name.endsWith('.css'));
  assert.equal(sheets.length, 4);
  for (const name of sheets) assert.doesNotMatch(readFileSync(join(site, name), 'utf8'), /@import|url\(/, name);
});

test('the search finds every operation in both languages, and leads to places that exist', { skip }, () => {
  const index = JSON.parse(readFileSync(join(site, 'search_index.js'), 'utf8').match(/\[[^]*\]/)[0]);
  const names = new Set(index.map(([name]) => name));
  const operations = readFileSync(join(root, 'include/taskrouter/operations.hpp'), 'utf8').match(/\w+::[A-Z]\w+/g);
  assert.equal(operations.length, 61);
  for (const name of operations) assert.ok(names.has(name), name);
  assert.equal(index.filter(([, kind]) => kind === 'operation').length, 61);
  for (const name of ['Client::send', 'webhooks::verify', 'describe', 'TaskRouter.each', 'retrying', 'Testing: The stage']) {
    assert.ok(names.has(name), name);
  }
  for (const [name, , url] of index) {
    const [page, anchor] = url.split('#');
    assert.ok(texts.has(page) && (!anchor || anchors.get(page).has(anchor)), `${name}: ${url}`);
  }
});

test('a page has one title, and the guides lead to each other', { skip }, () => {
  for (const [page, html] of texts) {
    assert.equal(html.match(/<h1\b/g)?.length, 1, page);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], page);
  }
  for (const guide of ['quick_start', 'webhooks_guide', 'testing', 'errors', 'transports', 'wasm']) {
    assert.match(texts.get(`${guide}.html`), new RegExp(`<a href="${guide}.html" aria-current="page">`));
  }
});
