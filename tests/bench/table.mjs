// The README's table of speed, from what was measured: node table.mjs CPP.json NODE.json
import { readFileSync } from 'node:fs';

const [cpp, node] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const row = (name, aggregate) => cpp.benchmarks.find((one) => one.name === `${name}_${aggregate}`);
const cell = (time, ours) => (time ? `${Math.round(time).toLocaleString('en')} ns (${(time / ours).toFixed(2)})` : '');

const peers = ['taskrouter', 'by_hand', 'simdjson', 'nlohmann', 'nlohmann_sax'];
const jobs = { build: '', parse: '', accept: '', create: '', page_50: '/50', page_1000: '/1000' };
console.log(`| | taskrouter | by hand | simdjson | nlohmann DOM | nlohmann SAX | twilio-node ${
  node.version ?? '(needs Node 20)'} | allocations |`);
console.log('|---|---|---|---|---|---|---|---|');
for (const [job, size] of Object.entries(jobs)) {
  const benchmark = (peer) => row(`${size ? 'page' : job}_${peer}${size}`, 'median');
  const ours = benchmark('taskrouter');
  const cells = peers.map((peer) => cell(benchmark(peer)?.cpu_time, ours.cpu_time));
  const allocations = Math.round(ours.allocations).toLocaleString('en');
  console.log(`| ${[job.replace('_', ' of '), ...cells, cell(node[job], ours.cpu_time), allocations].join(' | ')} |`);
}
console.log('\nOf the allocations of "accept" and "create" one is the stub\'s: the body of its answer.');
