// Twilio TaskRouter for browsers, workers and Node 18 or later.
export { TaskRouter } from './client.mjs';
export { Emulator } from './emulator.mjs';
export { TaskRouterError } from './error.mjs';
export { retrying } from './retry.mjs';
