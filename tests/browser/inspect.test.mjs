// The rooms for looking closely, and the page without a network, in Chromium.
// Run: node --test tests/browser/inspect.test.mjs; see page.test.mjs for its environment.
import { after, before, describe } from 'node:test';
import { start, stop } from './fixture.mjs';
import { inspectTests } from './inspect.mjs';
import { inspectEntryTests } from './inspect_entry.mjs';
import { liveTimelineTests } from './live_timeline.mjs';
import { liveMoreTests } from './live_more.mjs';
import { offlineTests } from './offline.mjs';

describe('looking closely', () => {
  before(start);
  after(stop);
  describe('inspect', inspectTests);
  describe('an entry', inspectEntryTests);
  describe('live mode', liveMoreTests);
  describe('live calls in the timeline', liveTimelineTests);
  describe('offline', offlineTests);
});
