// The same jobs with twilio-node, answered by a stub in place of the network.
//   node twilio_node.mjs FOLDER_WITH_TWILIO FOLDER_WITH_ANSWERS PAGE_OF_50 PAGE_OF_1000
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, answers, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const twilio = require('twilio');
const pageBodies = pages.map((file) => readFileSync(file, 'utf8'));
const answerOf = (status, name) => ({ status, data: readFileSync(resolve(answers, name), 'utf8') });

const client = twilio('AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b', 'token');
let answer;
// Its own request client stays: only the last step, axios's adapter, answers at once.
client.httpClient.axios.defaults.adapter = async (config) => ({
  ...answer, statusText: 'OK', headers: {}, config, request: {},
});
const workspace = client.taskrouter.v1.workspaces('WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e');
const attributes = '{"skill":"billing & tax"}';

const page = (data, count) => ({
  answer: { status: 200, data },
  job: async () => (await workspace.workers.page({ pageSize: count })).instances.length === count,
  rounds: 30_000 / count,
});
const jobs = {
  accept: {
    answer: answerOf(200, 'reservation.json'),
    job: async () => (await workspace.tasks('WT0b1c2d3e4f5061728394a5b6c7d8e9f0')
      .reservations('WR9f8e7d6c5b4a39281706f5e4d3c2b1a0')
      .update({ reservationStatus: 'accepted' })).workerName === 'Alice',
    rounds: 3000,
  },
  create: {
    answer: answerOf(201, 'task.json'),
    job: async () => (await workspace.tasks.create({ attributes, priority: 5 })).attributes === attributes,
    rounds: 3000,
  },
  page_50: page(pageBodies[0], 50),
  page_1000: page(pageBodies[1], 1000),
};

async function nanoseconds({ job, rounds }) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < rounds; i += 1) {
    if (!(await job())) throw new Error('not what was asked for');
  }
  return Number(process.hrtime.bigint() - start) / rounds;
}

const results = { version: require('twilio/package.json').version };
for (const [name, job] of Object.entries(jobs)) {
  answer = job.answer;
  await nanoseconds(job);
  const runs = [];
  for (let i = 0; i < 5; i += 1) runs.push(await nanoseconds(job));
  results[name] = runs.sort((a, b) => a - b)[2];
}
console.log(JSON.stringify(results));
