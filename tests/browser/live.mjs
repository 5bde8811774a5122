// Live mode, against a second server on this machine.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ACCOUNT, BASIC, TOKEN } from '../web/upstream.mjs';
import { withPage } from './fixture.mjs';

export const digits = '0123456789abcdef0123456789abcdef';
const PATH = `/v1/Workspaces/WS${digits}/Tasks/WT${digits}/Reservations/WR${digits}`;
export const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type, If-Match',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
};

// Runs play(base, calls, hold) with a server that answers every call alike, and remembers the calls; after
// hold() it answers when what that answered is called.
export async function withServer(headers, answer, play) {
  const calls = [];
  let held;
  const hold = () => {
    let release;
    held = new Promise((resolve) => (release = resolve));
    return release;
  };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const {
        method,
        url,
        headers: { authorization },
      } = request;
      if (method !== 'OPTIONS')
        calls.push({ method, url, authorization, body: String(Buffer.concat(chunks)) });
      await held;
      response.writeHead(method === 'OPTIONS' ? 204 : answer.status, {
        'Content-Type': 'application/json',
        ...headers,
      });
      response.end(method === 'OPTIONS' ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    await play(`http://127.0.0.1:${server.address().port}`, calls, hold);
  } finally {
    server.closeAllConnections?.();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}

export async function fillIn(page, base) {
  await page.click('#tab-live');
  await page.fill('#live-base', base);
  await page.fill('#live-account', ACCOUNT);
  await page.fill('#live-token', TOKEN);
  await page.fill('#live-workspace_sid', `WS${digits}`);
  await page.fill('#live-task_sid', `WT${digits}`);
  await page.fill('#live-sid', `WR${digits}`);
  await page.selectOption('#live-reservation_status', 'accepted');
}

async function assertSecretIsNowhere(page) {
  const places = await page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      document.documentElement.innerText,
      location.href,
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  );
  assert.equal(places.includes(TOKEN), false);
  assert.equal(places.includes(BASIC), false);
}

export const accepted = {
  status: 200,
  body: {
    account_sid: ACCOUNT,
    workspace_sid: `WS${digits}`,
    task_sid: `WT${digits}`,
    sid: `WR${digits}`,
    worker_sid: `WK${digits}`,
    worker_name: 'Alice <b>bold</b>',
    reservation_status: 'accepted',
    date_created: '2026-01-02T03:04:05Z',
    date_updated: '2026-01-02T03:04:06Z',
    url: `https://taskrouter.twilio.com${PATH}`,
    links: {},
  },
};

const refused = {
  status: 401,
  body: {
    code: 20003,
    message: 'Authenticate',
    more_info: 'https://www.twilio.com/docs/errors/20003',
    status: 401,
  },
};

function calls() {
  test('the call reaches the server as it would reach Twilio', () =>
    withServer(CORS, accepted, (base, seen) =>
      withPage({}, async (page, { complaints }) => {
        await fillIn(page, base);
        await page.click('#live-send');
        await page.locator('#live-calls .status', { hasText: '200 OK' }).waitFor();
        assert.deepEqual(seen, [
          {
            method: 'POST',
            url: PATH,
            authorization: `Basic ${BASIC}`,
            body: 'ReservationStatus=accepted',
          },
        ]);
        assert.match(await page.innerText('#live-calls'), /Alice <b>bold<\/b>/);
        await assertSecretIsNowhere(page);
        assert.deepEqual(complaints, []);
      }),
    ));

  test('a rejection may name the activity that the worker goes to', () =>
    withServer(CORS, accepted, (base, seen) =>
      withPage({}, async (page) => {
        await fillIn(page, base);
        await page.selectOption('#live-reservation_status', 'rejected');
        await page.fill('#live-worker_activity_sid', `WA${digits}`);
        await page.click('#live-send');
        await page.locator('#live-calls .status').waitFor();
        assert.equal(seen[0].body, `ReservationStatus=rejected&WorkerActivitySid=WA${digits}`);
      }),
    ));

  test('an error of the API is shown with status, code, message and link', () =>
    withServer(CORS, refused, (base) =>
      withPage({}, async (page) => {
        await fillIn(page, base);
        await page.click('#live-send');
        await page.waitForSelector('#live-failure:not([hidden])');
        assert.match(
          await page.innerText('#live-failure'),
          /Status 401, code 20003\s+Authenticate/,
        );
        assert.equal(await page.getAttribute('#live-failure a', 'href'), refused.body.more_info);
        await assertSecretIsNowhere(page);
      }),
    ));

  test('a server that does not allow web pages is named, and curl is offered', () =>
    withServer({}, accepted, (base) =>
      withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
        await fillIn(page, base);
        await page.click('#live-send');
        await page.waitForSelector('#live-offer:not([hidden])');
        const failure = await page.innerText('#live-failure');
        assert.match(failure, /No answer/);
        assert.ok(failure.includes(`${new URL(base).host} answers, but`));
        assert.match(failure, /does not allow calls from web pages \(CORS\)/);
        assert.match(await page.innerText('#live-offer'), /sh web\/demo\.sh --live/);
        await page.locator('#live-offer button').last().click();
        await page.locator('#live-offer button', { hasText: 'Copied' }).waitFor();
        const curl = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(curl, /^curl /);
        assert.ok(curl.includes(`${base}${PATH}`));
        assert.ok(curl.includes('$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN'));
        assert.equal(curl.includes(TOKEN) || curl.includes(BASIC), false);
        await assertSecretIsNowhere(page);
      }),
    ));

  test('a server that can not be reached is told apart from one that does not allow web pages', () =>
    withServer({}, accepted, async (base) => {
      const closed = base.replace(/\d+$/, '9999');
      await withPage({}, async (page) => {
        await fillIn(page, closed);
        await page.click('#live-send');
        await page.locator('#live-failure', { hasText: 'could not be reached' }).waitFor();
      });
    }));

  test('a redirect is not followed with the credentials', () =>
    withServer(CORS, accepted, (target, reached) => {
      const moved = { status: 307, body: {} };
      return withServer({ ...CORS, Location: `${target}/stolen` }, moved, (base) =>
        withPage({}, async (page) => {
          await fillIn(page, base);
          await page.click('#live-send');
          await page.waitForSelector('#live-offer:not([hidden])');
          // The page may look whether there is a server at all.
          assert.ok(
            reached.every(({ method, authorization }) => method === 'GET' && !authorization),
          );
        }),
      );
    }));
}

function fields() {
  const cases = [
    ['live-base', 'not a url'],
    ['live-account', 'AC1'],
    ['live-token', ''],
    ['live-workspace_sid', 'WT1'],
    ['live-task_sid', ''],
    ['live-sid', `WR${digits}/../x`],
  ];
  for (const [id, value] of cases) {
    test(`a bad value is refused at its field: ${id} = "${value}"`, () =>
      withServer(CORS, accepted, (base, seen) =>
        withPage({}, async (page) => {
          await fillIn(page, base);
          await page.fill(`#${id}`, value);
          await page.click('#live-send');
          await page.locator(`#${id}-failure`, { hasText: 'Not sent' }).waitFor();
          assert.equal(await page.getAttribute(`#${id}`, 'aria-invalid'), 'true');
          assert.equal(await page.evaluate(() => document.activeElement.id), id);
          assert.deepEqual(seen, []);
        }),
      ));
  }
}

function forgetting() {
  const values = (page) =>
    page.evaluate(() =>
      ['live-account', 'live-token', 'live-workspace_sid'].map(
        (id) => document.getElementById(id).value,
      ),
    );

  test('the banner says where calls go', () =>
    withPage({}, async (page) => {
      await page.click('#tab-live');
      assert.match(await page.innerText('#room-live .banner'), /goes to taskrouter\.twilio\.com/);
      await page.fill('#live-base', 'http://127.0.0.1:1');
      assert.match(await page.innerText('#room-live .banner'), /goes to 127\.0\.0\.1:1\./);
    }));

  test('the token is typed unseen, and the browser is asked not to keep it', () =>
    withPage({}, async (page) => {
      await page.click('#tab-live');
      assert.equal(await page.getAttribute('#live-token', 'type'), 'password');
      assert.equal(await page.getAttribute('#live-token', 'autocomplete'), 'off');
    }));

  test('leaving live mode forgets the credentials and the call', () =>
    withServer(CORS, accepted, (base) =>
      withPage({}, async (page) => {
        await fillIn(page, base);
        await page.click('#live-send');
        await page.locator('#live-calls .status').waitFor();
        await page.click('#tab-play');
        assert.deepEqual(await values(page), ['', '', '']);
        assert.equal(await page.locator('#live-calls .http-part').count(), 0);
      }),
    ));

  test('leaving the page forgets the credentials', () =>
    withPage({}, async (page) => {
      await fillIn(page, 'http://127.0.0.1:1');
      await page.evaluate(() =>
        window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
      );
      assert.deepEqual(await values(page), ['', '', '']);
    }));
}

export function liveTests() {
  calls();
  fields();
  forgetting();
}
