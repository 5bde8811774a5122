// The same job with twilio-node: `update` of a reservation, answered by a stub in place of the network.
//   node twilio_node.mjs FOLDER_WITH_TWILIO BODY
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, bodyFile] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const twilio = require('twilio');
const body = readFileSync(bodyFile, 'utf8');

const client = twilio('AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b', 'token');
// Its own request client stays: only the last step, axios's adapter, answers at once.
client.httpClient.axios.defaults.adapter = async (config) => ({
  data: body, status: 200, statusText: 'OK', headers: {}, config, request: {},
});

const accept = () => client.taskrouter.v1
  .workspaces('WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e')
  .tasks('WT0b1c2d3e4f5061728394a5b6c7d8e9f0')
  .reservations('WR9f8e7d6c5b4a39281706f5e4d3c2b1a0')
  .update({ reservationStatus: 'accepted' });

async function nanoseconds(rounds) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < rounds; i += 1) {
    const reservation = await accept();
    if (reservation.workerName !== 'Alice') throw new Error('not accepted');
  }
  return Number(process.hrtime.bigint() - start) / rounds;
}

await nanoseconds(3000);
const runs = [];
for (let i = 0; i < 5; i += 1) runs.push(await nanoseconds(3000));
runs.sort((a, b) => a - b);
console.log(JSON.stringify({ version: require('twilio/package.json').version, nanoseconds: runs[2] }));
