// A worker or an edge function that TaskRouter calls when it has reserved a worker.
import { createHmac } from 'node:crypto';
import { Webhooks } from 'taskrouter/webhooks';

const authToken = process.env.TWILIO_AUTH_TOKEN ?? 'a token';
const webhooks = await Webhooks.create({ authToken });

const handler = {
  fetch: (request) =>
    webhooks.handleAssignment(request, ({ reservation_sid, task_attributes }) => {
      console.log(reservation_sid, JSON.parse(task_attributes).selected_language);
      return { instruction: 'accept' };
    }),
};

// Here Twilio is a few lines, so that the example can be tried without it.
const url = 'https://example.com/assignment';
const form = Object.entries({
  ReservationSid: `WR${'3'.repeat(32)}`,
  TaskAttributes: '{"selected_language":"es"}',
  TaskSid: `WT${'2'.repeat(32)}`,
  WorkspaceSid: `WS${'1'.repeat(32)}`,
});
const signature = createHmac('sha1', authToken)
  .update(url + form.flat().join(''))
  .digest('base64');
const body = new URLSearchParams(form);
const ask = async (headers) => {
  const response = await handler.fetch(new Request(url, { method: 'POST', body, headers }));
  console.log(response.status, await response.text());
};
await ask({ 'X-Twilio-Signature': signature });
await ask({});
