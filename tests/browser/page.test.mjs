// The page in Chromium. Run: node --test tests/browser/page.test.mjs
// TASKROUTER_SITE: the folder of the built page, build/site if unset. CHROMIUM: the browser.
// TASKROUTER_SHOTS: a folder for screenshots, none if unset.
import { after, before, describe } from 'node:test';
import { start, stop } from './fixture.mjs';
import { inspectorTests } from './inspector.mjs';
import { keyboardTests } from './keyboard.mjs';
import { liveTests } from './live.mjs';
import { looksTests } from './looks.mjs';
import { serverTests } from './server.mjs';
import { storyTests } from './story.mjs';

describe('the page', () => {
  before(start);
  after(stop);
  describe('the story', storyTests);
  describe('the inspector', inspectorTests);
  describe('the story by keyboard', keyboardTests);
  describe('live mode', liveTests);
  describe('how the page looks', looksTests);
  describe('the static server', serverTests);
});
