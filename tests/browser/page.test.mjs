// The page in Chromium. Run: node --test tests/browser/page.test.mjs
// TASKROUTER_SITE: the folder of the built page, build/site if unset. CHROMIUM: the browser.
// TASKROUTER_SHOTS: a folder for screenshots, none if unset.
import { after, before, describe } from 'node:test';
import { start, stop } from './fixture.mjs';
import { busyTests } from './busy.mjs';
import { firstViewTests } from './first_view.mjs';
import { hostileTests } from './hostile.mjs';
import { liveTests } from './live.mjs';
import { looksTests } from './looks.mjs';
import { pictureTests } from './picture.mjs';
import { playKeyboardTests } from './play_keyboard.mjs';
import { playTests } from './play.mjs';
import { scenarioTests } from './scenarios.mjs';
import { serverTests } from './server.mjs';
import { understandTests } from './understand.mjs';

describe('the page', () => {
  before(start);
  after(stop);
  describe('the first view', firstViewTests);
  describe('play', playTests);
  describe('play by keyboard', playKeyboardTests);
  describe('understand', understandTests);
  describe('scenarios', scenarioTests);
  describe('hostile texts', hostileTests);
  describe('many tasks', busyTests);
  describe('live mode', liveTests);
  describe('how the page looks', looksTests);
  describe('the picture', pictureTests);
  describe('the static server', serverTests);
});
