// The scenarios of the page, by the names that links have for them.
import { ESCALATION } from './escalation.mjs';
import { LANGUAGES } from './languages.mjs';
import { MULTITASKING } from './multitasking.mjs';
import { QUICKSTART } from './quickstart.mjs';
import { TIMEOUTS } from './timeouts.mjs';

export const SCENARIOS = {
  quickstart: QUICKSTART,
  languages: LANGUAGES,
  escalation: ESCALATION,
  multitasking: MULTITASKING,
  timeouts: TIMEOUTS,
};
