// The page that taskrouter-emulator serves, in Chromium. Run: node --test tests/served/served.test.mjs
// TASKROUTER_EMULATOR: the program. TASKROUTER_SITE: the folder of the built page. CHROMIUM: the browser.
// TASKROUTER_SHOTS: a folder for screenshots, none if unset.
import { after, before, describe } from 'node:test';
import { close, open, skip } from './fixture.mjs';
import { hostileTests } from './hostile.mjs';
import { inspectTests } from './inspect.mjs';
import { liveTests } from './live.mjs';
import { looksTests } from './looks.mjs';
import { stateTests } from './state.mjs';
import { wayTests } from './way.mjs';

describe('the page on the server', { skip }, () => {
  before(open);
  after(close);
  describe('live', liveTests);
  describe('inspect', inspectTests);
  describe('the server as a whole', stateTests);
  describe('on the server or in the page', wayTests);
  describe('hostile texts', hostileTests);
  describe('how it looks', looksTests);
});
