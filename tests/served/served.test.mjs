// The page that taskrouter-emulator serves, in Chromium. Run: node --test tests/served/served.test.mjs
// TASKROUTER_EMULATOR: the program. TASKROUTER_SITE: the folder of the built page. CHROMIUM: the browser.
// TASKROUTER_SHOTS: a folder for screenshots, none if unset.
import { after, before, describe } from 'node:test';
import { close, open, skip } from './fixture.mjs';
import { liveTests } from './live.mjs';

describe('the page on the server', { skip }, () => {
  before(open);
  after(close);
  describe('live', liveTests);
});
