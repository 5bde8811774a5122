// The page that taskrouter-emulator serves, on a server of its own, in Chromium.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { isMissing, launchChromium } from '../browser/chromium.mjs';
import { SITE } from '../browser/fixture.mjs';
import { start } from '../emulator/server.mjs';

export const skip = isMissing;

let browser;

export async function open() {
  if (!skip) browser = await launchChromium();
}

export async function close() {
  await browser?.close();
}

export function newContext(options) {
  return browser.newContext(options);
}

// Whether a console's message is the browser's own about a server that is not there.
const isLost = (text) => /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/.test(text);

async function newPage({ script, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints = [];
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // What the API refuses the browser logs as well.
    if (!isLost(message.text()) && !/status of 4/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy violation: ${violatedDirective} ${blockedURI}`);
    });
  });
  if (script) await page.addInitScript(script);
  return { context, page, complaints };
}

export async function visit(page, server, address = '') {
  await page.goto(`${server.url}/${address}`);
  await page.waitForSelector('html[data-ready], #loading.bad');
}

// A test with a server and the page at its /. options.flags: of the server; options.before(server): what
// is done before the page is opened; options.address: what stands behind the /; others: of the browser.
// play(page, server): may put another server in its place with restart().
export function onServer(play, { flags = [], before, address, ...options } = {}) {
  return async () => {
    const server = await start('--page', SITE, ...flags);
    const { context, page, complaints } = await newPage(options);
    try {
      await before?.(server);
      await visit(page, server, address);
      await play(page, server);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      if (server.child.exitCode === null && server.child.signalCode === null) await server.stop();
    }
  };
}

// Stops the server and starts another one in its place. between: called while there is none.
export async function restart(server, between, flags = []) {
  await server.stop();
  await between();
  const { port } = new URL(server.url);
  Object.assign(server, await start('--page', SITE, '--port', port, ...flags));
}

// Waits until the banner says it is connected, or the other way round.
export function waitForState(page, state) {
  return page.locator(`#served[data-state="${state}"]`).waitFor();
}

export function option(page, select, text) {
  return page.locator(`${select} option`, { hasText: text });
}

// Something that callbacks can be posted to. answers: by path, { status, body, hang }.
export async function withTarget(answers, play) {
  const target = createServer((request, response) => {
    request.resume();
    const { status = 200, body = '', hang } = answers[request.url] ?? {};
    if (!hang) response.writeHead(status, { 'Content-Type': 'application/json', 'X-Desk': '7' }).end(body);
  });
  await once(target.listen(0, '127.0.0.1'), 'listening');
  try {
    await play(`http://127.0.0.1:${target.address().port}`);
  } finally {
    target.closeAllConnections();
    target.close();
  }
}

// Makes the story's worker available or sends her elsewhere, as another program would.
export function send(server, activity) {
  const sid = server.env[`TWILIO_${activity.toUpperCase()}_ACTIVITY_SID`];
  return server.post(`/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: sid });
}

// Has assignments posted there.
export function setCallback(server, url, fallback = '') {
  return server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`, {
    AssignmentCallbackUrl: url,
    FallbackAssignmentCallbackUrl: fallback,
  });
}
