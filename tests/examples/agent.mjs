// An agent on taskrouter-emulator, by Twilio's own SDK: whatever they are offered they accept and complete. In a
// page it is the same, with the SDK in the page's bundle.
//
//   npm install twilio-taskrouter graphql
//   node agent.mjs http://127.0.0.1:8080 TOKEN
import TaskRouter from 'twilio-taskrouter';

const [url, token] = process.argv.slice(2);
const worker = new TaskRouter.Worker(token, {
  ebServer: `${url}/v1/wschannels`,
  wsServer: `${url.replace('http', 'ws')}/v1/wschannels`,
});

const becomeAvailable = () =>
  [...worker.activities.values()].find(({ available }) => available).setAsCurrent();

worker.on('ready', async () => {
  await becomeAvailable();
  console.log(`${worker.name} is available`);
});
worker.on('reservationCreated', async (reservation) => {
  await reservation.accept();
  await reservation.task.complete('solved');
  console.log(`${worker.name} has solved`, reservation.task.attributes);
  await becomeAvailable();
});
worker.on('tokenExpired', () => worker.disconnect());
worker.on('error', ({ message }) => console.error(message));
